using System.Buffers;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Turns;

/// <summary>One event a line on standard output, as <see cref="GptJson"/> writes it; a turn that cannot begin is one <c>turn.failed</c>.</summary>
internal sealed class JsonTurnView(Terminal terminal, TimeProvider time) : ITurnView
{
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private bool _ended;
    private GptEvent? _last;

    public void Begin(string model, string reason)
    {
    }

    public void Show(GptEvent gptEvent)
    {
        _line.ResetWrittenCount();
        GptJson.WriteEvent(_line, gptEvent);
        _line.Write("\n"u8);
        terminal.Output(_line.WrittenSpan);
        _ended = gptEvent.EndsTurn;
        _last = gptEvent;
    }

    public void Fail(GptException exception)
    {
        if (!_ended)
        {
            Show(new TurnFailedEvent
            {
                Turn = _last?.Turn ?? "",
                Sequence = (_last?.Sequence ?? 0) + 1,
                At = time.GetUtcNow(),
                Kind = exception.Kind,
                Phase = exception.Phase,
                Message = exception.Message,
                PartialText = exception.PartialText ?? "",
                Retryable = exception.IsRetryable,
            });
        }

        terminal.Marked("error", exception.Message, Tone.Error);
    }

    public void Stopping()
    {
    }

    public void Stop()
    {
    }
}
