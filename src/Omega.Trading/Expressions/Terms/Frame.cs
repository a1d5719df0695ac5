namespace Omega.Trading.Expressions;

/// <summary>
/// On whose bars a term lives: the series' own, those of one longer timeframe, none (a constant), or several (which only terms without
/// a memory may).
/// </summary>
internal readonly record struct Frame
{
    private const long NoneCode = -1;
    private const long MixedCode = -2;

    private readonly long _code;

    private Frame(long code, Timeframe timeframe) => (_code, Timeframe) = (code, timeframe);

    /// <summary>The bars that the run is given.</summary>
    public static Frame Base => default;

    /// <summary>Constant: the same on all bars.</summary>
    public static Frame None => new(NoneCode, default);

    /// <summary>Read from several timeframes; known anew on every bar of the series.</summary>
    public static Frame Mixed => new(MixedCode, default);

    /// <summary>The longer timeframe, where it is one.</summary>
    public Timeframe Timeframe { get; }

    /// <summary>Whether it is one longer timeframe, named with a prefix.</summary>
    public bool IsOther => _code > 0;

    /// <summary>A timeframe named with a prefix.</summary>
    public static Frame Of(Timeframe timeframe) => new(timeframe.Milliseconds, timeframe);

    /// <summary>Of a term with two operands.</summary>
    public Frame With(Frame other) => this == None ? other : other == None || this == other ? this : Mixed;

    public override string ToString() => IsOther ? FrameNames.Of(Timeframe) : _code == NoneCode ? "constant" : _code == MixedCode ? "mixed" : "";
}
