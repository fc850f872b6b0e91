using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.EventSourcing.Tests.Events;

public sealed class NameBasedGuidTests
{
    private static readonly Guid Dns = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    [Fact]
    public void The_example_of_RFC_9562_appendix_A4_comes_out() =>
        Assert.Equal(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"), NameBasedGuid.Create(Dns, "www.example.com"));

    [Fact]
    public void Names_are_taken_as_UTF8() =>
        Assert.NotEqual(NameBasedGuid.Create(Dns, "é"), NameBasedGuid.Create(Dns, "e\u0301"));

    [Fact]
    public void Every_id_is_of_version_5_and_the_RFC_variant_and_the_same_each_time() =>
        Prop.ForAll<Guid, NonNull<string>>((space, name) =>
        {
            var id = NameBasedGuid.Create(space, name.Get);
            return id == NameBasedGuid.Create(space, name.Get) && id.Version == 5 && (id.Variant & 0xC) == 0x8;
        }).QuickCheckThrowOnFailure();
}
