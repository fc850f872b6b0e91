using System.Text.Json;
using EventFunctions.Domain.Catalog;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Tests.Catalog;

public sealed class ProductValueTests
{
    [Theory]
    [InlineData("")]
    [InlineData("mug")]
    [InlineData("-MUG")]
    [InlineData("M G")]
    [InlineData("ÄB")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData(null)]
    public void A_sku_is_upper_case_and_begins_with_a_letter_or_digit(string? text)
    {
        Assert.False(Sku.TryCreate(text, out _));
        Assert.Throws<ArgumentException>(() => new Sku(text!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Tea")]
    [InlineData("tea--cups")]
    [InlineData("-tea")]
    [InlineData("tea-")]
    [InlineData("tea cups")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData(null)]
    public void A_category_is_a_slug(string? text)
    {
        Assert.False(ProductCategory.TryCreate(text, out _));
        Assert.Throws<ArgumentException>(() => new ProductCategory(text!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("two\nlines")]
    [InlineData("\u0007")]
    [InlineData(null)]
    public void A_name_is_one_line_with_something_on_it(string? text)
    {
        Assert.False(ProductName.TryCreate(text, out _));
        Assert.Throws<ArgumentException>(() => new ProductName(text!));
    }

    [Fact]
    public void A_name_and_a_description_end_at_their_length_and_never_in_half_a_character()
    {
        Assert.True(ProductName.TryCreate(new string('x', 200), out _));
        Assert.False(ProductName.TryCreate(new string('x', 201), out _));
        Assert.False(ProductName.TryCreate("a\ud83d", out _));
        Assert.True(ProductName.TryCreate("a\ud83d\ude00", out _));
        Assert.True(ProductDescription.TryCreate(new string('x', 4000), out _));
        Assert.False(ProductDescription.TryCreate(new string('x', 4001), out _));
        Assert.False(ProductDescription.TryCreate("a\0b", out _));
        Assert.False(ProductDescription.TryCreate(null, out _));
    }

    [Fact]
    public void Texts_are_kept_without_the_white_space_around_them_and_lines_end_alike()
    {
        Assert.Equal("Blue mug", new ProductName(" Blue mug\t").Value);
        Assert.Equal("One\n\ttwo", new ProductDescription(" One\r\n\ttwo\r\n").Value);
        Assert.Equal(ProductDescription.None, new ProductDescription(" \n "));
    }

    [Theory]
    [InlineData(typeof(Sku), "\"mug\"")]
    [InlineData(typeof(ProductName), "\"\"")]
    [InlineData(typeof(ProductDescription), "\"\\u0000\"")]
    [InlineData(typeof(ProductCategory), "\"Tea\"")]
    public void Json_that_breaks_a_values_rules_is_refused(Type type, string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, type, EventJson.Options));

    [Fact]
    public void Values_are_compact_json() => Assert.Equal(
        """["MUG-001.B","Blue mug","A mug.\nIt is blue.","tea-and-coffee"]""",
        JsonSerializer.Serialize<object[]>([Sample.MugSku, Sample.MugName, Sample.About, Sample.Shelf], EventJson.Options));
}
