using Omega.Gpt.CrashHost;

// A program that tests kill: `dotnet Omega.Gpt.CrashHost.dll HOME`.
using var output = Console.OpenStandardOutput();
await OrderTurn.RunAsync(args[0], output);
