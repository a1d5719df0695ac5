using Omega.Gpt.CrashHost;

// A program that tests kill: `dotnet Omega.Gpt.CrashHost.dll HOME [spend]`.
if (args is [_, "spend"])
{
    await SpendingTurns.RunAsync(args[0]);
    return;
}

using var output = Console.OpenStandardOutput();
await OrderTurn.RunAsync(args[0], output);
