namespace Omega.Trading.Expressions;

/// <summary>What names mean beside those of the language.</summary>
internal sealed class BindingScope
{
    /// <param name="constants">Parameters and other names of constants.</param>
    /// <param name="seesPosition">Whether <c>position.…</c> has a meaning: in exits.</param>
    public BindingScope(IReadOnlyDictionary<string, double> constants, bool seesPosition) =>
        (Constants, SeesPosition) = (constants, seesPosition);

    public static BindingScope Empty { get; } = new(new Dictionary<string, double>(), seesPosition: false);

    public IReadOnlyDictionary<string, double> Constants { get; }

    public bool SeesPosition { get; }
}
