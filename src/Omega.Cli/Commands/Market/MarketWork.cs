namespace Omega.Cli.Commands.Market;

/// <summary>Work on a market that Ctrl-C and SIGTERM end.</summary>
internal static class MarketWork
{
    /// <param name="work">Reads and tells; stops at the token.</param>
    /// <param name="cancellationToken">Stops the work as well.</param>
    /// <returns>The work's code; that of the signal where one ended it.</returns>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        using var interruption = new Interruption();
        using var turn = interruption.BeginTurn();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(turn.Token, cancellationToken);
        try
        {
            return await work(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return interruption.ExitCode ?? ExitCode.Interrupted;
        }
    }
}
