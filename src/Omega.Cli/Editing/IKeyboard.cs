namespace Omega.Cli.Editing;

/// <summary>The keys of a terminal, and its size.</summary>
internal interface IKeyboard
{
    /// <summary>Whether the next key is there already.</summary>
    bool IsKeyWaiting { get; }

    /// <summary>Columns and rows of the screen, as of now.</summary>
    (int Width, int Height) Size { get; }

    /// <summary>Waits for a key; it is not echoed.</summary>
    ConsoleKeyInfo ReadKey();

    /// <summary>Whether Ctrl-C is a key like others rather than a signal.</summary>
    void TakeInterrupts(bool isKey);
}
