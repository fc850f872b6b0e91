namespace EventFunctions.EmulatorConfig.Tests;

public sealed class EmulatorConfigFileTests
{
    private readonly EmulatorConfigFile _file = EmulatorConfigFile.Around(AppContext.BaseDirectory);

    [Fact]
    public void The_file_in_the_repository_is_what_the_tool_makes() =>
        Assert.True(_file.IsCurrent(_file.Make().Document), "Run: dotnet run --project tools/EmulatorConfig");

    [Fact]
    public void A_directory_outside_a_repository_is_refused_with_what_to_do()
    {
        var outside = Directory.CreateTempSubdirectory("emulator-config-");
        try
        {
            var refused = Assert.Throws<EmulatorConfigException>(() => EmulatorConfigFile.Around(outside.FullName));

            Assert.Contains("Run this inside the repository", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            outside.Delete();
        }
    }

    [Fact]
    public void A_file_that_was_changed_or_is_missing_is_not_current()
    {
        var root = Directory.CreateTempSubdirectory("emulator-config-");
        try
        {
            var document = _file.Make().Document;
            root.CreateSubdirectory("infra").CreateSubdirectory("emulators");
            var copy = new EmulatorConfigFile(root.FullName);
            Assert.False(copy.IsCurrent(document));

            copy.Write(document);
            Assert.True(copy.IsCurrent(document));

            File.AppendAllText(copy.FullName, " ");
            Assert.False(copy.IsCurrent(document));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
