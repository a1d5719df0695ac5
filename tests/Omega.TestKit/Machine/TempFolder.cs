namespace Omega.TestKit;

/// <summary>An empty folder of the test's own, deleted with all it holds on dispose.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("omega-test-").FullName;

    public string Path { get; }

    /// <summary>The path of something inside.</summary>
    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The test has deleted it itself.
        }
    }
}
