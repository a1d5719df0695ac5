using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.ChatCompletions;

/// <summary>
/// Leaves out what a server repeats of the beginning that it was given (Mistral does): only what follows is new. Text that is not that
/// beginning, from the first character to the last, passes as it is.
/// </summary>
/// <param name="parser">Reads the stream.</param>
/// <param name="prefix">The beginning that was given.</param>
internal sealed class PrefixEcho(WireParser parser, string prefix) : WireParser
{
    private int _repeated;
    private bool _decided;

    public override void Parse(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, List<ModelDelta> output)
    {
        var before = output.Count;
        try
        {
            parser.Parse(name, data, output);
        }
        finally
        {
            LeaveOut(output, before);
        }
    }

    public override void EndOfStream(List<ModelDelta> output)
    {
        var before = output.Count;
        parser.EndOfStream(output);
        LeaveOut(output, before);
        // What was kept back was said, even if no more came.
        if (!_decided && _repeated > 0)
            output.Add(Held());
    }

    public override void Dispose()
    {
        parser.Dispose();
        base.Dispose();
    }

    private void LeaveOut(List<ModelDelta> output, int from)
    {
        IsFinished = parser.IsFinished;
        for (var i = from; i < output.Count && !_decided; i++)
        {
            if (output[i] is TextDelta text)
                i = LeaveOut(output, i, text);
            else if (output[i] is FinishedDelta or CallStartedDelta or RefusalDelta && _repeated > 0)
                output.Insert(i++, Held());
        }
    }

    /// <returns>The place of the last delta that was dealt with.</returns>
    private int LeaveOut(List<ModelDelta> output, int at, TextDelta text)
    {
        var due = prefix.AsSpan(_repeated);
        var same = due.CommonPrefixLength(text.Text);
        if (same < text.Text.Length && same < due.Length)
        {
            if (_repeated > 0)
                output.Insert(at++, Held());
            _decided = true;
            return at;
        }

        _repeated += same;
        _decided = _repeated == prefix.Length;
        if (same < text.Text.Length)
        {
            output[at] = text with { Text = text.Text[same..] };
            return at;
        }

        output.RemoveAt(at);
        return at - 1;
    }

    private TextDelta Held()
    {
        _decided = true;
        return new TextDelta(prefix[.._repeated]);
    }
}
