// The smallest interactive program on the library: dotnet run --project samples/RealtimeChat [-- --api-key KEY] [--model PROVIDER/MODEL]
using Omega.Gpt;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

RealTimeGpt gpt;
try
{
    gpt = new RealTimeGpt(new RealTimeGptOptions { ApiKey = Option("--api-key"), Model = Option("--model") });
}
catch (GptException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

CancellationTokenSource? answering = null;
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = answering is not null;
    answering?.Cancel();
};
Console.WriteLine("Ask anything. Ctrl-C stops an answer, an empty line leaves.");
while (true)
{
    Console.Write("\n> ");
    if (Console.ReadLine() is not { Length: > 0 } prompt)
        return 0;

    using var stop = answering = new CancellationTokenSource();
    var (calls, retries) = (0, 0);
    try
    {
        await foreach (var gptEvent in gpt.StreamTurnAsync(Message.User(prompt), cancellationToken: stop.Token))
        {
            switch (gptEvent)
            {
                case TextDeltaEvent text:
                    Console.Write(text.Text);
                    break;
                case FunctionCallReadyEvent:
                    calls++;
                    break;
                case RetryScheduledEvent:
                    retries++;
                    break;
                case TurnCompletedEvent { Timing: var timing } turn:
                    Console.WriteLine($"\n[{turn.Provider}/{turn.Model}: first token {timing.FirstTokenMs:0} ms, total {timing.TotalMs:0} ms, {calls} calls, {retries} retries]");
                    break;
            }
        }
    }
    catch (Exception exception) when (exception is GptException or OperationCanceledException)
    {
        Console.WriteLine($"\n[{exception.Message}]");
    }

    answering = null;
}
