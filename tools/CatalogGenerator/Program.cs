using EventFunctions.CatalogGenerator;
using EventFunctions.CatalogGenerator.Files;

const int success = 0;
const int failure = 1;
const int usage = 2;

if (args is not ([] or ["--check"]))
{
    await Console.Error.WriteLineAsync("usage: dotnet run --project tools/CatalogGenerator [-- --check]\nWrites docs/events; with --check it only tells what is not current.");
    return usage;
}

try
{
    var repository = Repository.Around(Directory.GetCurrentDirectory());
    var files = await GeneratedFiles.CreateAsync(repository, CancellationToken.None);
    var docs = new DocsFolder(repository.EventDocs);
    var differences = docs.DifferencesFrom(files);
    if (args.Length == 0)
    {
        docs.Write(files);
        Console.WriteLine(differences.Count == 0 ? $"{files.Count} files are current." : $"{differences.Count} of {files.Count} files were not current and are now.");
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
