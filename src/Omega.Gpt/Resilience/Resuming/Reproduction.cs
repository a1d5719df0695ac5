using Omega.Gpt.Providers;

namespace Omega.Gpt.Resilience.Resuming;

/// <summary>
/// Holds a stream that was begun anew against what was shown: everything is held back until text, refusals and calls have been reproduced
/// to the character, in their order. Reasoning is neither compared nor shown twice; state to send back takes the place of the first
/// stream's.
/// </summary>
/// <param name="shown">What was shown; it does not change meanwhile.</param>
/// <param name="model">Who says it again, for the error.</param>
internal sealed class Reproduction(ShownAnswer shown, string model) : Beginning
{
    private const int MostHeld = 4096;
    private const int Excerpt = 40;

    private readonly int[] _seen = new int[shown.Pieces.Count];
    private int _piece;

    private bool IsCaughtUp => _piece == shown.Pieces.Count && AreCallsWhole();

    /// <inheritdoc/>
    /// <exception cref="AnswerDiffersException">The stream says something else than what was shown.</exception>
    public override bool Take(ModelDelta delta)
    {
        switch (delta)
        {
            case StartedDelta or UsageDelta:
                return base.Take(delta);
            case ReasoningDelta:
                return false;
            case OpaqueDelta opaque:
                Hold(opaque with { Before = _piece < _seen.Length && _seen[_piece] > 0 ? _piece + 1 : _piece });
                return false;
            case TextDelta text:
                return Take(ShownKind.Text, text.Text, static rest => new TextDelta(rest));
            case RefusalDelta refusal:
                return Take(ShownKind.Refusal, refusal.Text, static rest => new RefusalDelta(rest));
            case CallStartedDelta call:
                return Take(call);
            case CallArgumentsDelta arguments:
                return Take(arguments);
            case CallEndedDelta ended:
                if (PlaceOf(ended.Index) is var place and >= 0 && _seen[place] < shown.Pieces[place].Text.Length)
                    throw Differs(shown.Pieces[place], _seen[place], "the end of the call");
                Hold(ended);
                return false;
            default:
                if (_piece < shown.Pieces.Count || !AreCallsWhole())
                    throw Differs(shown.Pieces[Math.Min(_piece, shown.Pieces.Count - 1)], _seen[Math.Min(_piece, shown.Pieces.Count - 1)], "the end of the answer");
                Hold(delta);
                return true;
        }
    }

    private bool Take(ShownKind kind, string text, Func<string, ModelDelta> make)
    {
        var rest = text.AsSpan();
        while (rest.Length > 0 && _piece < shown.Pieces.Count)
        {
            var piece = shown.Pieces[_piece];
            if (piece.Kind != kind)
                throw Differs(piece, 0, Show(rest));
            var due = piece.Text.Span[_seen[_piece]..];
            var same = due.CommonPrefixLength(rest);
            if (same < Math.Min(due.Length, rest.Length))
                throw Differs(piece, _seen[_piece] + same, Show(rest[same..]));
            _seen[_piece] += same;
            rest = rest[same..];
            if (_seen[_piece] == piece.Text.Length)
                _piece++;
        }

        return rest.Length > 0 && Begin(rest.Length == text.Length ? make(text) : make(rest.ToString()));
    }

    private bool Take(CallStartedDelta call)
    {
        if (_piece == shown.Pieces.Count)
            return Begin(call);
        var piece = shown.Pieces[_piece];
        if (piece.Kind != ShownKind.Call || piece.Index != call.Index || piece.Name != call.Name)
            throw Differs(piece, 0, $"a call of {call.Name}");
        _piece++;
        return false;
    }

    private bool Take(CallArgumentsDelta arguments)
    {
        var place = PlaceOf(arguments.Index);
        if (place < 0)
            return Begin(arguments);
        var (piece, seen) = (shown.Pieces[place], _seen[place]);
        var due = piece.Text.Span[seen..];
        var same = due.CommonPrefixLength(arguments.Delta);
        if (same < Math.Min(due.Length, arguments.Delta.Length))
            throw Differs(piece, seen + same, Show(arguments.Delta.AsSpan(same)));
        _seen[place] += same;
        return same < arguments.Delta.Length && Begin(same == 0 ? arguments : new CallArgumentsDelta(arguments.Index, arguments.Delta[same..]));
    }

    // Where calls are written side by side, one may be ahead while another is not there yet.
    private bool Begin(ModelDelta delta)
    {
        if (Held.Count >= MostHeld)
            throw new AnswerDiffersException($"{model} was asked again after the stream had broken, and wrote {MostHeld} pieces of other calls before it came back to what was shown. What had arrived is kept.") { Phase = GptPhase.Step, IsRetryable = true };
        var begins = IsCaughtUp;
        Hold(delta);
        return begins;
    }

    private int PlaceOf(int call)
    {
        for (var i = 0; i < shown.Pieces.Count; i++)
        {
            if (shown.Pieces[i] is { Kind: ShownKind.Call } piece && piece.Index == call)
                return i;
        }

        return -1;
    }

    private bool AreCallsWhole()
    {
        for (var i = 0; i < _seen.Length; i++)
        {
            if (_seen[i] < shown.Pieces[i].Text.Length)
                return false;
        }

        return true;
    }

    private AnswerDiffersException Differs(ShownPiece piece, int at, string now)
    {
        var what = piece.Kind == ShownKind.Call ? $"the call of {piece.Name}" : piece.Kind == ShownKind.Text ? "the answer" : "the refusal";
        var was = at == 0 && piece.Kind == ShownKind.Call ? $"a call of {piece.Name}" : at < piece.Text.Length ? Show(piece.Text.Span[at..]) : "the end";
        return new AnswerDiffersException(FormattableString.Invariant(
            $"{model} was asked again after the stream had broken, and {what} differs from what was shown from character {at + 1} on: {was} was shown, now comes {now}. Nothing was put behind the text that had arrived, which is kept."))
        {
            Phase = GptPhase.Step,
            IsRetryable = true,
        };
    }

    private static string Show(ReadOnlySpan<char> text) => text.Length <= Excerpt ? $"\"{text}\"" : $"\"{text[..Excerpt]}…\"";
}
