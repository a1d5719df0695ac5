namespace Omega.Trading.Strategies;

/// <summary>Texts that are part of the library.</summary>
internal static class Resource
{
    private const string Folder = "strategies/";

    public static IEnumerable<string> Names => typeof(Resource).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .Select(name => name[Folder.Length..]);

    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Resource).Assembly.GetManifestResourceStream(Folder + name)!);
        return reader.ReadToEnd();
    }
}
