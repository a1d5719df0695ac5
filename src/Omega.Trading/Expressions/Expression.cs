namespace Omega.Trading.Expressions;

/// <summary>
/// A rule or a number over bars, such as <c>crossover(ema(12), ema(26)) and rsi(14) &lt; 70</c>. Immutable and thread-safe; each run over
/// a series has its own <see cref="ExpressionRun"/>. See docs/concepts/expressions.md.
/// </summary>
public sealed class Expression
{
    private readonly TermGraph _graph;
    private readonly Term _root;

    private Expression(string text, TermGraph graph, Term root) => (Text, _graph, _root) = (text, graph, root);

    /// <summary>The expression, as given.</summary>
    public string Text { get; }

    /// <summary>What it yields.</summary>
    public ExpressionType Type => _root.Type;

    /// <summary>The timeframes that it names, shortest first.</summary>
    public IReadOnlyList<Timeframe> Timeframes =>
        [.. _graph.Frames.Select(use => use.Timeframe).Distinct().OrderBy(timeframe => timeframe.Milliseconds)];

    /// <summary>Reads an expression. Safe for texts from anyone: work and memory are bounded (<see cref="ExpressionLimits"/>).</summary>
    /// <param name="text">The expression.</param>
    /// <param name="options">What it may use; null for the defaults.</param>
    /// <exception cref="ExpressionException">It is not an expression; the message shows where and what was expected.</exception>
    /// <exception cref="TradingException">A parameter has a name that cannot be used, or is not finite.</exception>
    public static Expression Parse(string text, ExpressionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new ExpressionOptions();
        foreach (var (name, value) in options.Parameters)
        {
            if (!Vocabulary.IsName(name) || Vocabulary.IsTaken(name))
                throw new TradingException($"\"{name}\" cannot be a parameter: {(Vocabulary.IsTaken(name) ? "it is a name of the language" : "use letters, digits and _")}.");
            if (!double.IsFinite(value))
                throw new TradingException($"The parameter \"{name}\" is not a finite number.");
        }

        var graph = new TermGraph();
        var root = Binder.Bind(graph, new BindingScope(options.Parameters, seesPosition: false), text, options.Type);
        if (options.Timeframe is { } timeframe)
            graph.CheckFrames(timeframe);
        return new Expression(text, graph, root);
    }

    /// <summary>Bars before the first on which it can have a value, where the series begins with a period of every named timeframe.</summary>
    /// <param name="timeframe">The timeframe of the bars.</param>
    public int WarmUp(Timeframe timeframe) => MachineBuilder.WarmUp(_root, timeframe);

    /// <summary>Begins a run over one series.</summary>
    /// <param name="timeframe">The timeframe of its bars.</param>
    /// <exception cref="ExpressionException">The expression names a timeframe that these bars cannot make up.</exception>
    public ExpressionRun Start(Timeframe timeframe)
    {
        _graph.CheckFrames(timeframe);
        var builder = new MachineBuilder(timeframe);
        return Type == ExpressionType.Number
            ? new ExpressionRun(builder.Number(_root), null, builder.Build())
            : new ExpressionRun(null, builder.Truth(_root), builder.Build());
    }

    /// <summary>The number at every bar of a series: what a run yields bar by bar.</summary>
    /// <param name="series">The bars.</param>
    /// <returns>A value for each bar, or null.</returns>
    /// <exception cref="ExpressionException">The expression names a timeframe that these bars cannot make up.</exception>
    /// <exception cref="InvalidOperationException">The expression is true or false.</exception>
    public double?[] Numbers(CandleSeries series) => Over(series, run => run.Number);

    /// <summary>Whether it is true at every bar of a series: what a run yields bar by bar.</summary>
    /// <param name="series">The bars.</param>
    /// <returns>A value for each bar, or null.</returns>
    /// <exception cref="ExpressionException">The expression names a timeframe that these bars cannot make up.</exception>
    /// <exception cref="InvalidOperationException">The expression is a number.</exception>
    public bool?[] Truths(CandleSeries series) => Over(series, run => run.Truth);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private T[] Over<T>(CandleSeries series, Func<ExpressionRun, T> read)
    {
        ArgumentNullException.ThrowIfNull(series);
        var run = Start(series.Timeframe);
        var values = new T[series.Count];
        for (var i = 0; i < values.Length; i++)
        {
            run.Advance(series[i]);
            values[i] = read(run);
        }

        return values;
    }
}
