using System.Globalization;

namespace Omega.Trading.Expressions;

/// <summary>Gives the names of an expression their meaning and checks its types, timeframes and bounds.</summary>
internal sealed partial class Binder
{
    private readonly TermGraph _graph;
    private readonly BindingScope _scope;
    private readonly string _text;

    private Binder(TermGraph graph, BindingScope scope, string text) => (_graph, _scope, _text) = (graph, scope, text);

    /// <summary>Reads an expression into a graph.</summary>
    /// <param name="graph">Takes its terms; they are shared with what the graph holds already.</param>
    /// <param name="scope">What names mean.</param>
    /// <param name="text">The expression.</param>
    /// <param name="expected">What it has to yield, or null for either.</param>
    /// <exception cref="ExpressionException">It is not an expression of that type.</exception>
    public static Term Bind(TermGraph graph, BindingScope scope, string text, ExpressionType? expected = null)
    {
        var syntax = Parser.Parse(text);
        var binder = new Binder(graph, scope, text);
        var term = binder.Of(syntax, Frame.Base);
        return expected is { } type && type != term.Type
            ? throw binder.Error(syntax, type == ExpressionType.Bool
                ? "A rule has to be true or false, but this is a number. Compare it with something: … > 0."
                : "A number is expected here, but this is true or false.")
            : term;
    }

    private Term Of(SyntaxNode syntax, Frame frame) => syntax switch
    {
        NumberSyntax number => _graph.Constant(number.Value),
        TruthSyntax truth => _graph.Truth(truth.Value),
        NameSyntax name => Name(name, frame),
        CallSyntax call => Call(call, frame),
        MemberSyntax member => Member(member, frame),
        IndexSyntax index => Index(index, frame),
        PrefixSyntax { Operator: TokenKind.Not } not => _graph.Not(Bool(not.Operand, frame, "\"not\"")),
        PrefixSyntax minus => _graph.Unary(MathFunction.Negate, Number(minus.Operand, frame, "\"-\"")),
        BinarySyntax binary => Binary(binary, frame),
        _ => throw new InvalidOperationException("Every kind of syntax has a case."),
    };

    private Term Binary(BinarySyntax binary, Frame frame)
    {
        switch (binary.Operator)
        {
            case TokenKind.And or TokenKind.Or:
                var isAnd = binary.Operator == TokenKind.And;
                var word = isAnd ? "\"and\"" : "\"or\"";
                return _graph.Junction(isAnd, Bool(binary.Left, frame, word), Bool(binary.Right, frame, word));
            case TokenKind.Plus or TokenKind.Minus or TokenKind.Star or TokenKind.Slash:
                var (function, sign) = binary.Operator switch
                {
                    TokenKind.Plus => (MathFunction.Add, "\"+\""),
                    TokenKind.Minus => (MathFunction.Subtract, "\"-\""),
                    TokenKind.Star => (MathFunction.Multiply, "\"*\""),
                    _ => (MathFunction.Divide, "\"/\""),
                };
                return _graph.Arithmetic(function, Number(binary.Left, frame, sign), Number(binary.Right, frame, sign));
            default:
                return _graph.Comparison(binary.Operator, Number(binary.Left, frame, "A comparison"), Number(binary.Right, frame, "A comparison"));
        }
    }

    private Term Name(NameSyntax name, Frame frame)
    {
        if (_scope.Constants.TryGetValue(name.Name, out var constant))
            return _graph.Constant(constant);
        if (Vocabulary.Prices.TryGetValue(name.Name, out var field))
            return _graph.Price(field, frame);
        if (Vocabulary.Means.TryGetValue(name.Name, out var fields))
        {
            var sum = fields.Select(price => _graph.Price(price, frame)).Aggregate((a, b) => _graph.Arithmetic(MathFunction.Add, a, b));
            return _graph.Arithmetic(MathFunction.Divide, sum, _graph.Constant(fields.Length));
        }

        if (Vocabulary.IsFunction(name.Name))
            throw Error(name, $"\"{name.Name}\" is a function: {Signature(name.Name)}.");
        if (FrameNames.TryFind(name.Name, out _))
            throw Error(name, $"\"{name.Name}\" is a timeframe: write what is read on it behind a dot, such as {name.Name}.close.");
        if (name.Name == Vocabulary.Position)
            throw Error(name, $"Write which of the position: {PositionNames}.");
        var known = Vocabulary.PriceNames.Concat(_scope.Constants.Keys).Concat(Vocabulary.FunctionNames).Concat(FrameNames.All);
        throw Error(name, $"Unknown name \"{Cut(name.Name)}\".{NearNames.Question(Cut(name.Name), known)} Prices: {string.Join(", ", Vocabulary.PriceNames)}.{ParameterHint}");
    }

    private Term Member(MemberSyntax member, Frame frame)
    {
        if (member.Target is NameSyntax { Name: Vocabulary.Position } position)
            return Position(position, member);
        if (member.Target is NameSyntax target && FrameNames.TryFind(target.Name, out var timeframe))
            return OnFrame(target, timeframe, member, frame);
        if (member.Target is NameSyntax { Name: var unknown } && FrameNames.TryFind(unknown.ToLowerInvariant(), out var lower))
            throw Error(member.Target, $"Unknown timeframe \"{unknown}\". Did you mean \"{FrameNames.Of(lower)}\"?");
        if (Indicator(member.Target, frame) is { } indicator)
            return Output(indicator, member);
        if (member.Target is CallSyntax call && !Vocabulary.IsFunction(call.Name))
            throw NotAFunction(call);
        if (member.Target is NameSyntax name && !Vocabulary.IsTaken(name.Name) && !_scope.Constants.ContainsKey(name.Name))
            throw Error(name, $"Unknown timeframe \"{Cut(name.Name)}\".{NearNames.Question(Cut(name.Name), FrameNames.All)} Known: {string.Join(", ", FrameNames.All)}.");
        throw Error(member, "Only a timeframe, an indicator with several outputs, and the position have something behind a dot: h4.close, macd(12, 26, 9).signal, position.return.");
    }

    private Term Position(NameSyntax position, MemberSyntax member)
    {
        var name = member.Member is NameSyntax plain ? plain.Name : "";
        if (!Vocabulary.PositionFields.TryGetValue(name, out var field))
            throw Error(member, $"The position has no such field.{NearNames.Question(name, Vocabulary.PositionFields.Keys)} Known: {PositionNames}.");
        return _scope.SeesPosition
            ? _graph.Position(field)
            : throw Error(position, "Only exits see the position.");
    }

    /// <summary>A name or call behind a timeframe: everything in it is read on that timeframe's bars.</summary>
    private Term OnFrame(NameSyntax prefix, Timeframe timeframe, MemberSyntax member, Frame outer)
    {
        var inner = Enter(prefix, timeframe, outer);
        if (member.Member is NameSyntax name && !Vocabulary.Prices.ContainsKey(name.Name) && !Vocabulary.Means.ContainsKey(name.Name) && !Vocabulary.IsFunction(name.Name))
        {
            var question = NearNames.Question(Cut(name.Name), Vocabulary.PriceNames.Concat(Vocabulary.FunctionNames));
            throw Error(name, $"{inner} has no \"{Cut(name.Name)}\".{question} Prices: {string.Join(", ", Vocabulary.PriceNames)}; or a call, such as {inner}.ema(12).");
        }

        return Of(member.Member, inner);
    }

    private Frame Enter(NameSyntax prefix, Timeframe timeframe, Frame outer)
    {
        var inner = Frame.Of(timeframe);
        if (outer.IsOther && outer != inner)
            throw Error(prefix, $"{inner} is read inside {outer}.…: a function reads the bars of one timeframe.");
        _graph.Use(new FrameUse(timeframe, _text, prefix.Position));
        return inner;
    }

    private Term Index(IndexSyntax index, Frame frame)
    {
        var operand = Of(index.Target, frame);
        var bars = Constant(index.Index, frame, "The look back in [ ]");
        if (bars < 0)
            throw Error(index.Index, $"[{Text(bars)}] looks into the future. Look back with a number from 0: close[1] is the bar before.");
        if (bars > ExpressionLimits.LookBack || bars != Math.Floor(bars))
            throw Error(index.Index, $"[{Text(bars)}]: a look back is a whole number from 0 to {ExpressionLimits.LookBack}.");
        if (bars == 0)
            return operand;
        var term = _graph.History(operand, (int)bars, StatefulFrame(index.Target, operand, frame, "[ ]"));
        return Bounded(index, term);
    }

    /// <summary>The timeframe of something with a memory; it reads one.</summary>
    private Frame StatefulFrame(SyntaxNode at, Term operand, Frame outer, string what) => StatefulFrame(at, operand.Frame, operand.ReadsPosition, outer, what);

    private Frame StatefulFrame(SyntaxNode at, Frame own, bool readsPosition, Frame outer, string what)
    {
        if (own == Frame.Mixed)
            throw Error(at, $"{what} reads two timeframes here. A function with a memory reads the bars of one; compare their values instead, such as close > h4.ema(12).");
        if (readsPosition)
            throw Error(at, $"{what} has a memory, and the position has no history. Use the position outside of it.");
        return own == Frame.None ? outer : own;
    }

    private Term Bounded(SyntaxNode at, Term term) =>
        term.LookBack <= ExpressionLimits.LookBack
            ? term
            : throw Error(at, $"This looks back {term.LookBack} bars in all; at most {ExpressionLimits.LookBack} are allowed.");

    private Term Number(SyntaxNode syntax, Frame frame, string who)
    {
        var term = Of(syntax, frame);
        return term.Type == ExpressionType.Number ? term : throw Error(syntax, $"{who} needs a number, but this is true or false.");
    }

    private Term Bool(SyntaxNode syntax, Frame frame, string who)
    {
        var term = Of(syntax, frame);
        return term.Type == ExpressionType.Bool ? term : throw Error(syntax, $"{who} needs something true or false, but this is a number. Compare it: … > 0.");
    }

    private double Constant(SyntaxNode syntax, Frame frame, string what) => Number(syntax, frame, what) switch
    {
        ConstantTerm { Value: var value } when double.IsFinite(value) => value,
        ConstantTerm => throw Error(syntax, $"{what} is null."),
        _ => throw Error(syntax, $"{what} has to be a constant or a parameter, the same on every bar.{ParameterHint}"),
    };

    private string ParameterHint => _scope.Constants.Count == 0 ? "" : $" Parameters: {string.Join(", ", _scope.Constants.Keys)}.";

    private static string PositionNames => string.Join(", ", Vocabulary.PositionFields.Keys.Order(StringComparer.Ordinal).Select(name => $"{Vocabulary.Position}.{name}"));

    private ExpressionException Error(SyntaxNode at, string reason) => new(_text, at.Position, reason);

    private static string Cut(string name) => name.Length <= 40 ? name : name[..40] + "…";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
