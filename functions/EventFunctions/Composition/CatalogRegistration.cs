using EventFunctions.Catalog;
using EventFunctions.Catalog.Api;
using EventFunctions.Catalog.Views;
using EventFunctions.Domain.Catalog;
using EventFunctions.Ordering;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Composition;

/// <summary>Registers the catalog: its endpoints, its views and what other contexts ask it.</summary>
internal static class CatalogRegistration
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services
        .AddScoped<ProductCommandSender>()
        .AddSingleton<IValidator<CreateProductRequest>, CreateProductValidator>()
        .AddSingleton<IValidator<UpdateProductRequest>, UpdateProductValidator>()
        .AddSingleton<IProductOffers, CatalogProductOffers>()
        .AddProjection<ProductsProjection, ProductEntry>(Product.Category);
}
