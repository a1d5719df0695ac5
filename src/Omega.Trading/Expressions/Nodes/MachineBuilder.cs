namespace Omega.Trading.Expressions;

/// <summary>Makes the nodes for the terms of some expressions, in the order of dependence, each once.</summary>
internal sealed class MachineBuilder
{
    private readonly Timeframe _timeframe;
    private readonly Dictionary<Term, Node> _made = new(ReferenceEqualityComparer.Instance);
    private readonly Room _base = new();
    private readonly Dictionary<Frame, Room> _frames = [];
    private readonly HashSet<Node> _followsCrossing = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Node, int> _levels = new(ReferenceEqualityComparer.Instance);
    private PositionSlots? _position;

    /// <param name="timeframe">The timeframe of the series.</param>
    public MachineBuilder(Timeframe timeframe) => _timeframe = timeframe;

    public NumberNode Number(Term term) => (NumberNode)Make(term);

    public TruthNode Truth(Term term) => (TruthNode)Make(term);

    public Machine Build()
    {
        var clocks = _frames.Select(frame => new FrameClock(
            frame.Key.Timeframe,
            _timeframe,
            frame.Value.Prices,
            [.. frame.Value.Nodes],
            [.. frame.Value.Nodes.OfType<CrossNode>()],
            [.. frame.Value.Nodes.Where(node => node is AndNode or OrNode or NotNode && _followsCrossing.Contains(node))]));
        return new Machine(_base.Prices, _position, [.. clocks], [.. _base.Nodes]);
    }

    /// <summary>Bars of the series before the first on which a term can have a value, where the series begins with a period.</summary>
    public static int WarmUp(Term term, Timeframe timeframe)
    {
        if (term.Frame == Frame.Mixed)
            return term.Operands.Max(operand => WarmUp(operand, timeframe));
        if (!term.Frame.IsOther)
            return term.LookBack;
        var parts = term.Frame.Timeframe.Milliseconds / timeframe.Milliseconds;
        return (int)Math.Min(int.MaxValue, (term.LookBack + 1) * parts - 1);
    }

    private Node Make(Term term)
    {
        if (_made.TryGetValue(term, out var known))
            return known;
        var node = Create(term);
        _made.Add(term, node);
        var level = 1 + term.Operands.Select(operand => _levels.GetValueOrDefault(Make(operand))).DefaultIfEmpty().Max();
        _levels[node] = level;
        if (node is not (NumberSlot or TruthSlot))
            RoomOf(term.Frame).Add(node, level);
        if (node is CrossNode || term.Operands.Any(operand => _followsCrossing.Contains(Make(operand))))
            _followsCrossing.Add(node);
        return node;
    }

    private Node Create(Term term) => term switch
    {
        ConstantTerm constant => (Node)new NumberSlot { Value = constant.Value },
        TruthTerm truth => new TruthSlot { Value = truth.Value ? Expressions.Truth.True : Expressions.Truth.False },
        PriceTerm price => RoomOf(price.Frame).Prices.Read(price.Field),
        PositionTerm position => (_position ??= new PositionSlots())[position.Field],
        UnaryTerm unary => MathFunctions.UnaryNode(unary.Function, Number(unary.Operand)),
        ArithmeticTerm arithmetic => MathFunctions.ArithmeticNode(arithmetic.Function, Number(arithmetic.Left), Number(arithmetic.Right)),
        ComparisonTerm comparison => Comparisons.Node(comparison.Operator, Number(comparison.Left), Number(comparison.Right)),
        NotTerm not => new NotNode(Truth(not.Operand)),
        JunctionTerm { IsAnd: true } and => new AndNode(Truth(and.Left), Truth(and.Right)),
        JunctionTerm or => new OrNode(Truth(or.Left), Truth(or.Right)),
        CrossTerm { IsOver: true } over => new CrossNode(Number(over.Right), Number(over.Left)),
        CrossTerm under => new CrossNode(Number(under.Left), Number(under.Right)),
        HistoryTerm { Type: ExpressionType.Number } history => new NumberHistoryNode(Number(history.Operand), history.Bars),
        HistoryTerm history => new TruthHistoryNode(Truth(history.Operand), history.Bars),
        OutputTerm output => ((LinesNode)Make(output.Indicator)).Output(output.Index),
        IndicatorTerm indicator => Indicator(indicator),
        _ => throw new ArgumentOutOfRangeException(nameof(term)),
    };

    private Node Indicator(IndicatorTerm term)
    {
        var source = term.Source is null or PriceTerm { Field: PriceField.Close } ? null : Number(term.Source);
        return term.Indicator.Use(term.Parameters.Span, new IndicatorNodes(source, RoomOf(term.Frame).Prices.Read(PriceField.Close)));
    }

    private Room RoomOf(Frame frame)
    {
        if (!frame.IsOther)
            return _base;
        if (!_frames.TryGetValue(frame, out var room))
            _frames.Add(frame, room = new Room());
        return room;
    }

    /// <summary>What lives on the bars of one timeframe.</summary>
    private sealed class Room
    {
        private readonly List<(Node Node, int Level)> _nodes = [];

        public PriceSlots Prices { get; } = new();

        /// <summary>By level: what depends on nothing first. Work that does not wait for other work stands together, and overlaps.</summary>
        public IEnumerable<Node> Nodes => _nodes.OrderBy(entry => entry.Level).Select(entry => entry.Node);

        public void Add(Node node, int level) => _nodes.Add((node, level));
    }
}
