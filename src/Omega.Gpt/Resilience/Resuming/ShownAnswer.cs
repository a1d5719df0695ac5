using Omega.Gpt.Providers;
using Omega.Gpt.Turns;

namespace Omega.Gpt.Resilience.Resuming;

/// <summary>
/// What of a step's answer has been handed on: what must be seen again before a stream that was begun anew may go on. In pieces as the
/// step's message has its parts. Used by one step; <see cref="Clear"/> gives its buffers back.
/// </summary>
internal sealed class ShownAnswer
{
    private readonly List<ShownPiece> _pieces = [];
    private ShownPiece? _open;

    /// <summary>Texts, refusals and calls, in order of their beginnings.</summary>
    public IReadOnlyList<ShownPiece> Pieces => _pieces;

    /// <summary>Whether nothing of the answer has been handed on, reasoning included.</summary>
    public bool IsEmpty => _pieces.Count == 0 && !HasReasoning && !HasState;

    /// <summary>Characters of text.</summary>
    public int Characters { get; private set; }

    public bool HasReasoning { get; private set; }

    /// <summary>Whether state to send back was handed on.</summary>
    public bool HasState { get; private set; }

    public bool HasCalls { get; private set; }

    /// <summary>Whether there is text and nothing else.</summary>
    public bool IsTextAlone => _pieces.Count > 0 && !HasReasoning && !HasState && _pieces.TrueForAll(piece => piece.Kind == ShownKind.Text);

    public void Add(ModelDelta delta)
    {
        switch (delta)
        {
            case TextDelta text:
                Characters += text.Text.Length;
                Open(ShownKind.Text).Text.Append(text.Text);
                break;
            case RefusalDelta refusal:
                Open(ShownKind.Refusal).Text.Append(refusal.Text);
                break;
            case CallArgumentsDelta arguments:
                Call(arguments.Index)?.Text.Append(arguments.Delta);
                break;
            case CallStartedDelta call:
                HasCalls = true;
                _pieces.Add(new ShownPiece(ShownKind.Call) { Name = call.Name, Index = call.Index });
                _open = null;
                break;
            case ReasoningDelta:
                HasReasoning = true;
                _open = null;
                break;
            case OpaqueDelta opaque:
                HasState = true;
                // State that took its place among what was there before parts nothing.
                if (opaque.Before is null || opaque.Before >= _pieces.Count)
                    _open = null;
                break;
        }
    }

    public ShownPiece? Call(int index) => _pieces.FindLast(piece => piece.Kind == ShownKind.Call && piece.Index == index);

    /// <summary>All text.</summary>
    public string Text() => string.Concat(_pieces.Where(piece => piece.Kind == ShownKind.Text).Select(piece => piece.Text.ToString()));

    public void Clear()
    {
        foreach (var piece in _pieces)
            piece.Text.Clear();
        _pieces.Clear();
        _open = null;
    }

    private ShownPiece Open(ShownKind kind)
    {
        if (_open is { } open && open.Kind == kind)
            return open;
        var piece = new ShownPiece(kind);
        _pieces.Add(piece);
        return _open = piece;
    }
}

/// <summary>What a piece of an answer is.</summary>
internal enum ShownKind
{
    Text,
    Refusal,
    Call,
}

/// <summary>A text, a refusal, or a call with its arguments.</summary>
internal sealed class ShownPiece(ShownKind kind)
{
    public ShownKind Kind => kind;

    /// <summary>The call's name; null where it is none.</summary>
    public string? Name { get; init; }

    /// <summary>The call's place within the step.</summary>
    public int Index { get; init; } = -1;

    public PooledText Text { get; } = new();
}
