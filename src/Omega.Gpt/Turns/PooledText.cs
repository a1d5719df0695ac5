using System.Buffers;

namespace Omega.Gpt.Turns;

/// <summary>
/// A text that grows by small pieces and is read once or twice, in an array of the pool: a stream's text costs its string and no
/// more. Takes none before the first piece; <see cref="Clear"/> gives it back. Not thread-safe.
/// </summary>
internal sealed class PooledText
{
    private const int FirstSize = 1024;

    private char[] _chars = [];

    /// <summary>How many characters it has.</summary>
    public int Length { get; private set; }

    public void Append(string piece)
    {
        if (piece.Length > _chars.Length - Length)
            Grow(piece.Length);
        piece.CopyTo(_chars.AsSpan(Length));
        Length += piece.Length;
    }

    /// <summary>The text, until the next change.</summary>
    public ReadOnlySpan<char> Span => _chars.AsSpan(0, Length);

    public override string ToString() => new(_chars, 0, Length);

    /// <summary>Forgets the text and gives the array back; it can be appended to again.</summary>
    public void Clear()
    {
        if (_chars.Length > 0)
            ArrayPool<char>.Shared.Return(_chars);
        (_chars, Length) = ([], 0);
    }

    private void Grow(int more)
    {
        var old = _chars;
        _chars = ArrayPool<char>.Shared.Rent(Math.Max(FirstSize, Math.Max(checked(Length + more), (int)Math.Min((long)Length * 2, Array.MaxLength))));
        old.AsSpan(0, Length).CopyTo(_chars);
        if (old.Length > 0)
            ArrayPool<char>.Shared.Return(old);
    }
}
