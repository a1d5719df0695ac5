using Omega.Cli.Editing;

namespace Omega.Cli.Tests.Editing;

/// <summary>Keys as the console hands them over.</summary>
internal static class Keys
{
    public static ConsoleKeyInfo Of(ConsoleKey key, ConsoleModifiers modifiers = 0, char c = '\0') =>
        new(c, key, (modifiers & ConsoleModifiers.Shift) != 0, (modifiers & ConsoleModifiers.Alt) != 0, (modifiers & ConsoleModifiers.Control) != 0);

    public static ConsoleKeyInfo Enter { get; } = Of(ConsoleKey.Enter, c: '\r');

    public static ConsoleKeyInfo Control(ConsoleKey key) => Of(key, ConsoleModifiers.Control, (char)(key - ConsoleKey.A + 1));

    /// <summary>A key for each UTF-16 code unit.</summary>
    public static IEnumerable<ConsoleKeyInfo> Typed(string text) => text.Select(c => c switch
    {
        '\r' => Enter,
        '\n' => Of(ConsoleKey.Enter, ConsoleModifiers.Control, '\n'),
        '\t' => Of(ConsoleKey.Tab, c: '\t'),
        '\e' => Of(ConsoleKey.Escape, c: '\e'),
        _ => Of(ConsoleKey.None, c: c),
    });

    /// <summary>As a terminal that marks pastes sends them.</summary>
    public static IEnumerable<ConsoleKeyInfo> Pasted(string text) => Typed($"\e[200~{text}\e[201~");
}

/// <summary>A keyboard whose keys are known beforehand; afterwards nobody types.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle has nothing to give back.")]
internal sealed class ScriptedKeyboard(IEnumerable<ConsoleKeyInfo> keys) : IKeyboard
{
    private readonly Queue<ConsoleKeyInfo> _keys = new(keys);

    public bool IsKeyWaiting => _keys.Count > 0;

    public (int Width, int Height) Size { get; set; } = (80, 24);

    /// <summary>What Ctrl-C was last told to be.</summary>
    public bool InterruptIsKey { get; private set; }

    /// <summary>Completes when a key is waited for that does not come.</summary>
    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly SemaphoreSlim _more = new(0);

    public ConsoleKeyInfo ReadKey()
    {
        if (_keys.Count == 0)
        {
            Waiting.TrySetResult();
            _more.Wait();
        }

        return _keys.Dequeue();
    }

    public void Type(params IEnumerable<ConsoleKeyInfo> keys)
    {
        foreach (var key in keys)
            _keys.Enqueue(key);
        _more.Release();
    }

    public void TakeInterrupts(bool isKey) => InterruptIsKey = isKey;
}
