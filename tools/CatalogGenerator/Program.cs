using EventFunctions.CatalogGenerator;
using EventFunctions.CatalogGenerator.Files;

const int success = 0;
const int failure = 1;
const int usage = 2;

if (args is not ([] or ["--check"]))
{
    await Console.Error.WriteLineAsync(
        "usage: dotnet run --project tools/CatalogGenerator [-- --check]\nWrites docs/events and docs/api; with --check it only tells what is not current.");
    return usage;
}

try
{
    var repository = Repository.Around(Directory.GetCurrentDirectory());
    var generated = new[]
    {
        (Folder: new DocsFolder(repository.EventDocs), Files: await GeneratedFiles.CreateAsync(repository, CancellationToken.None)),
        (Folder: new DocsFolder(repository.ApiDocs), Files: ApiFiles.Create(repository)),
    };
    var differences = generated.SelectMany(g => g.Folder.DifferencesFrom(g.Files)).ToList();
    if (args.Length == 0)
    {
        Array.ForEach(generated, g => g.Folder.Write(g.Files));
        var count = generated.Sum(g => g.Files.Count);
        Console.WriteLine(differences.Count == 0 ? $"{count} files are current." : $"{differences.Count} of {count} files were not current and are now.");
        return success;
    }

    foreach (var difference in differences)
    {
        await Console.Error.WriteLineAsync(difference);
    }

    return differences.Count == 0 ? success : failure;
}
catch (CatalogException exception)
{
    await Console.Error.WriteLineAsync($"error: {exception.Message}");
    return failure;
}
