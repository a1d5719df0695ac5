namespace Omega.Gpt.Tests.Turns;

/// <summary>A folder for one test.</summary>
internal sealed class TempHome : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("omega-test-").FullName;

    public string Conversation(string id) => System.IO.Path.Combine(Path, "conversations", id + ".json");

    public string Turns(string id) => System.IO.Path.Combine(Path, "turns", id);

    public string Log(string id, string turn) => System.IO.Path.Combine(Turns(id), turn + ".jsonl");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
