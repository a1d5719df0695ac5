namespace Omega.Cli.Editing;

/// <summary>The process's own terminal.</summary>
internal sealed class ConsoleKeyboard : IKeyboard
{
    private const int UsualWidth = 80, UsualHeight = 24;

    public bool IsKeyWaiting => Console.KeyAvailable;

    public (int Width, int Height) Size
    {
        get
        {
            try
            {
                // Some terminals say 0.
                return (Console.WindowWidth is > 0 and var width ? width : UsualWidth, Console.WindowHeight is > 0 and var height ? height : UsualHeight);
            }
            catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
            {
                return (UsualWidth, UsualHeight);
            }
        }
    }

    public ConsoleKeyInfo ReadKey() => Console.ReadKey(intercept: true);

    public void TakeInterrupts(bool isKey) => Console.TreatControlCAsInput = isKey;
}
