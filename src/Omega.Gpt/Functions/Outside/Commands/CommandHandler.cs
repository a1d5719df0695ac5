using System.Buffers;
using System.Text.Json;

namespace Omega.Gpt.Functions.Outside;

/// <summary>Runs a function's calls as a program: each call is one process, bounded in time and in what it may say.</summary>
internal sealed class CommandHandler(CommandOptions command, int maxResultBytes)
{
    // For what was written before the program ended and is still in its pipes.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <exception cref="GptException">The program could not be started, failed, or returned too much.</exception>
    public async ValueTask<JsonElement> RunAsync(JsonElement arguments, FunctionContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var child = ChildProcess.Start(
            command,
            KeyValuePair.Create("OMEGA_CALL", context.Call),
            KeyValuePair.Create("OMEGA_IDEMPOTENCY_KEY", context.IdempotencyKey));
        using var killing = cancellationToken.UnsafeRegister(static state => ((ChildProcess)state!).Kill(), child);
        using var leaving = new CancellationTokenSource();

        var progress = command.ReportsProgress ? new ProgressPump(context, cancellationToken) : null;
        var errors = new CommandErrors(progress);
        var output = ReadOutputAsync(child, leaving.Token);
        var streams = Task.WhenAll(output, errors.ReadAsync(child.Error, leaving.Token), WriteAsync(child.Input, arguments, leaving.Token));
        await WaitForExitAsync(child, cancellationToken).ConfigureAwait(false);
        await EndStreamsAsync(streams, child, leaving, context.Time).ConfigureAwait(false);
        if (progress is not null)
            await progress.EndAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        var bytes = await output.ConfigureAwait(false);
        if (bytes.WrittenCount > maxResultBytes)
            throw Failed($"returned more than {maxResultBytes} bytes and was stopped. Let it return less, or raise the limit.");
        if (child.ExitCode != 0)
            throw Failed($"ended with exit code {child.ExitCode}{errors.Tail}");
        return CommandResult.Read(bytes.WrittenSpan) ?? throw Failed("wrote something on standard output that is not UTF-8. Let it write UTF-8.");
    }

    private async Task<ArrayBufferWriter<byte>> ReadOutputAsync(ChildProcess child, CancellationToken cancellationToken)
    {
        var bytes = new ArrayBufferWriter<byte>();
        try
        {
            while (await child.Output.ReadAsync(bytes.GetMemory(4096), cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                bytes.Advance(read);
                if (bytes.WrittenCount <= maxResultBytes)
                    continue;
                child.Kill();
                break;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Something that the program left running holds its stream; the result is what the program itself wrote.
        }

        return bytes;
    }

    private static async Task WriteAsync(Stream input, JsonElement arguments, CancellationToken cancellationToken)
    {
        try
        {
            await using (input.ConfigureAwait(false))
                await input.WriteAsync(OutsideJson.Line(arguments).WrittenMemory, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The program does not read its input, or has ended: what it answers counts.
        }
    }

    private static async Task WaitForExitAsync(ChildProcess child, CancellationToken cancellationToken)
    {
        try
        {
            await child.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It is being killed; its end is not waited for without bound.
        }
    }

    private static async Task EndStreamsAsync(Task streams, ChildProcess child, CancellationTokenSource leaving, TimeProvider time)
    {
        try
        {
            await streams.WaitAsync(Grace, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            child.Kill();
            await leaving.CancelAsync().ConfigureAwait(false);
            await streams.ConfigureAwait(false);
        }
    }

    private GptException Failed(string what) => new(GptErrorKind.FunctionExecution, $"\"{command.Program}\" {what}") { Phase = GptPhase.Function };
}
