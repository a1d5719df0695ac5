namespace Omega.Cli.Commands.Usage;

/// <summary>Errors of the ledger's file as a person gets them.</summary>
internal static class UsageFile
{
    /// <exception cref="CliException">The file cannot be used.</exception>
    public static async Task<T> ReadAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (IOException exception) when (exception is not Screen.OutputClosedException)
        {
            throw CliException.Failed(exception.Message);
        }
    }
}
