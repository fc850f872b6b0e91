using EventFunctions.Domain.Catalog;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing.Testing;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.Domain.Tests.Kit.Sample;

namespace EventFunctions.Domain.Tests.Catalog;

public sealed class ProductTests
{
    private static readonly AggregateSpecification<Product, ProductEvent, ProductCommand> Products = new(ProductDecider.Decide, Now);

    private static readonly CreateProduct Create = new(Mug, MugSku, MugName, About, Shelf, Euros(12.50m));

    private static readonly UpdateProduct Update = new(new ProductName("Red mug"), About, Shelf, Euros(13));

    private static readonly ProductCreated Created = new(Mug, MugSku, MugName, About, Shelf, Euros(12.50m));

    private static readonly Dictionary<string, ProductEvent[]> Histories = new()
    {
        ["None"] = [],
        ["Draft"] = [Created],
        ["Active"] = [Created, new ProductActivated(Mug)],
        ["Inactive"] = [Created, new ProductActivated(Mug), new ProductDeactivated(Mug)],
        ["Deleted"] = [Created, new ProductDeleted(Mug)],
    };

    private static readonly Dictionary<string, ProductCommand> Commands = new()
    {
        ["CreateProduct"] = Create,
        ["CreateProduct other"] = Create with { Name = new ProductName("Red mug") },
        ["CreateProduct free"] = Create with { Price = Euros(0) },
        ["UpdateProduct"] = Update,
        ["UpdateProduct same"] = new UpdateProduct(MugName, About, Shelf, Euros(12.50m)),
        ["UpdateProduct free"] = Update with { Price = Euros(0) },
        ["ActivateProduct"] = new ActivateProduct(),
        ["DeactivateProduct"] = new DeactivateProduct(),
        ["DeleteProduct"] = new DeleteProduct(),
    };

    private static readonly DecisionTable Table = new("""
        command             | None                | Draft                    | Active                   | Inactive                 | Deleted
        CreateProduct       | product-created     | -                        | -                        | -                        | !product-deleted
        CreateProduct other | product-created     | !product-already-created | !product-already-created | !product-already-created | !product-deleted
        CreateProduct free  | !product-price-zero | !product-price-zero      | !product-price-zero      | !product-price-zero      | !product-deleted
        UpdateProduct       | !product-not-found  | product-updated          | product-updated          | product-updated          | !product-deleted
        UpdateProduct same  | !product-not-found  | -                        | -                        | -                        | !product-deleted
        UpdateProduct free  | !product-price-zero | !product-price-zero      | !product-price-zero      | !product-price-zero      | !product-deleted
        ActivateProduct     | !product-not-found  | product-activated        | -                        | product-activated        | !product-deleted
        DeactivateProduct   | !product-not-found  | !product-never-active    | product-deactivated      | -                        | !product-deleted
        DeleteProduct       | !product-not-found  | product-deleted          | !product-still-active    | product-deleted          | -
        """);

    public static TheoryData<string, string, string> Cells => Table.Cells.ToTheoryData();

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_state(string command, string state, string outcome)
    {
        var past = Products.Given(Histories[state]);
        Assert.Equal(state, past.State.Status.ToString());
        Assert.Equal(outcome, past.When(Commands[command]).InShort());
    }

    [Fact]
    public void The_table_has_every_command_state_and_code()
    {
        Assert.Equal(Closed.CasesOf<ProductCommand>(), Table.Commands.Select(c => c.Split(' ')[0]).Distinct().Order());
        Assert.Equal(Enum.GetNames<ProductStatus>(), Table.States);
        Assert.Equal(ProductRejections.All.Order(), Table.Codes.Order());
        Assert.Equal(ProductRejections.All, Closed.CodesOf(typeof(ProductRejections)));
    }

    [Fact]
    public void Every_part_of_a_product_counts_when_it_is_created_again()
    {
        var created = Products.Given(Created);
        created.When(Create with { ProductId = Lamp }).ThenRefused(ProductRejections.AlreadyCreated);
        created.When(Create with { Sku = new Sku("MUG-002") }).ThenRefused(ProductRejections.AlreadyCreated);
        created.When(Create with { Description = ProductDescription.None }).ThenRefused(ProductRejections.AlreadyCreated);
        created.When(Create with { Category = new ProductCategory("lamps") }).ThenRefused(ProductRejections.AlreadyCreated);
        created.When(Create with { Price = Euros(12.51m) }).ThenRefused(ProductRejections.AlreadyCreated);
    }

    [Fact]
    public void An_update_is_the_whole_description_anew_and_leaves_the_article_number_and_the_status()
    {
        var updated = Products.Given([.. Histories["Active"], new ProductUpdated(Mug, Update.Name, ProductDescription.None, new ProductCategory("lamps"), Euros(13))]).State;

        Assert.Equal(
            Product.Initial with
            {
                Id = Mug,
                Sku = MugSku,
                Name = Update.Name,
                Description = ProductDescription.None,
                Shelf = new ProductCategory("lamps"),
                Price = Euros(13),
                Status = ProductStatus.Active,
            },
            updated);
    }

    [Fact]
    public void The_status_only_moves_along_its_diagram_and_what_is_sold_has_a_price() =>
        Prop.ForAll(
            Any.SequencesOf(Any.ProductCommands),
            commands => Simulation<Product, ProductEvent>.Run(commands, ProductDecider.Decide, Now).Steps.All(step =>
                step.After is { Id: null } or { Price.IsZero: false }
                && (step.Before.Status == step.After.Status || (step.Before.Status, step.After.Status) is
                    (ProductStatus.None, ProductStatus.Draft)
                    or (ProductStatus.Draft, ProductStatus.Active or ProductStatus.Deleted)
                    or (ProductStatus.Active, ProductStatus.Inactive)
                    or (ProductStatus.Inactive, ProductStatus.Active or ProductStatus.Deleted)))).QuickCheckThrowOnFailure();
}
