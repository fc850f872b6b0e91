using EventFunctions.Local.Host.Sandbox.Keeping;
using EventFunctions.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.Host.Tests.Sandbox;

public sealed class SandboxBooksTests : IDisposable
{
    private readonly string _folder = MemoryFolder.Create("eventfunctions-books-");

    [Theory]
    [InlineData(0)]
    [InlineData(400)]
    [InlineData(1000)]
    public async Task All_rows_are_there_again_wherever_in_between_a_snapshot_was_written(int snapshotAfter)
    {
        await using (var books = await OpenAsync())
        {
            var stocks = books.Table<Stock>("stocks");
            for (var i = 0; i < 1000; i++)
            {
                if (i == snapshotAfter)
                {
                    await books.CompactAsync(CancellationToken.None);
                }

                await books.ChangeAsync(change => change.Put(stocks, $"sku-{i % 700}", new Stock(i)));
            }

            if (snapshotAfter == 1000)
            {
                await books.CompactAsync(CancellationToken.None);
            }
        }

        await using var again = await OpenAsync();
        var kept = again.Table<Stock>("stocks");

        Assert.Equal(700, kept.Count);
        Assert.All(Enumerable.Range(0, 700), i => Assert.Equal(new Stock(i < 300 ? i + 700 : i), kept.Find($"sku-{i}")));
    }

    [Fact]
    public async Task A_row_of_another_version_is_refused_with_its_place()
    {
        await using (var books = await OpenAsync())
        {
            var texts = books.Table<string>("stocks");
            await books.ChangeAsync(change => change.Put(texts, "sku-1", "seven"));
        }

        await using var again = await OpenAsync();
        var refusal = Assert.Throws<InvalidDataException>(() => again.Table<Stock>("stocks"));

        Assert.Contains("'sku-1' of the table 'stocks'", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<SandboxBooks> OpenAsync() => SandboxBooks.OpenAsync(_folder, NullLogger.Instance, CancellationToken.None);

    private sealed record Stock(int Quantity);
}
