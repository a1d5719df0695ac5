using Omega.Trading.Indicators;

namespace Omega.Trading.Expressions;

internal sealed partial class Binder
{
    private Term Call(CallSyntax call, Frame frame)
    {
        if (Vocabulary.Crossings.TryGetValue(call.Name, out var isOver))
            return Cross(call, isOver, frame);
        if (Vocabulary.Maths.TryGetValue(call.Name, out var function))
            return Maths(call, function, frame);
        if (Indicator(call, frame) is not { } indicator)
            throw NotAFunction(call);
        if (indicator.Indicator.Outputs.Count > 1)
            throw Error(call, $"{call.Name} has several outputs. Write which: {string.Join(", ", indicator.Indicator.Outputs.Select(output => $"{call.Name}(…).{output}"))}.");
        return indicator;
    }

    private Term Cross(CallSyntax call, bool isOver, Frame frame)
    {
        if (call.Arguments is not [var first, var second])
            throw Arity(call, Count(2));
        var (left, right) = (Number(first, frame, call.Name), Number(second, frame, call.Name));
        var own = StatefulFrame(call, left.Frame.With(right.Frame), left.ReadsPosition || right.ReadsPosition, frame, call.Name);
        return Bounded(call, _graph.Cross(isOver, left, right, own));
    }

    private Term Maths(CallSyntax call, MathFunction function, Frame frame)
    {
        if (function is MathFunction.Minimum or MathFunction.Maximum)
        {
            return call.Arguments is [var first, var second]
                ? _graph.Arithmetic(function, Number(first, frame, call.Name), Number(second, frame, call.Name))
                : throw Arity(call, Count(2));
        }

        return call.Arguments is [var only]
            ? _graph.Unary(function, Number(only, frame, call.Name))
            : throw Arity(call, Count(1));
    }

    /// <summary>The indicator that a call names; null where it is no call of one.</summary>
    private IndicatorTerm? Indicator(SyntaxNode syntax, Frame frame)
    {
        if (syntax is MemberSyntax { Target: NameSyntax prefix, Member: CallSyntax onFrame } && FrameNames.TryFind(prefix.Name, out var timeframe))
            return IndicatorCatalog.TryFind(onFrame.Name, out _) ? Indicator(onFrame, Enter(prefix, timeframe, frame)) : null;
        if (syntax is not CallSyntax call || !IndicatorCatalog.TryFind(call.Name, out var indicator))
            return null;
        var source = Source(call, indicator, frame);
        var given = call.Arguments.Skip(source is null ? 0 : 1).ToList();
        if (given.Count > indicator.Parameters.Count)
            throw Arity(call, $"at most {Count(indicator.Parameters.Count + (indicator.TakesSource ? 1 : 0))}{(indicator.TakesSource ? "" : ", and reads whole bars")}");
        var values = indicator.Parameters
            .Select((parameter, i) => i < given.Count ? Constant(given[i], frame, $"{call.Name}: {parameter.Name}") : parameter.Default)
            .ToArray();
        if (indicator.Check(values) is { } complaint)
            throw Error(given.Count > 0 ? given[0] : call, complaint);
        if (indicator.TakesSource)
            source ??= _graph.Price(PriceField.Close, frame);
        var own = source is null ? frame : StatefulFrame(call, source, frame, call.Name);
        return (IndicatorTerm)Bounded(call, _graph.Indicator(new IndicatorTerm(indicator, new ParameterValues(values), source, own)));
    }

    /// <summary>The first argument, where it is what the indicator reads: one more than there are parameters, or not a constant.</summary>
    private Term? Source(CallSyntax call, IndicatorDescriptor indicator, Frame frame)
    {
        if (!indicator.TakesSource || call.Arguments.Count == 0 || call.Arguments.Count > indicator.Parameters.Count + 1)
            return null;
        var first = Number(call.Arguments[0], frame, call.Name);
        return call.Arguments.Count == indicator.Parameters.Count + 1 || first is not ConstantTerm ? first : null;
    }

    private Term Output(IndicatorTerm indicator, MemberSyntax member)
    {
        var outputs = indicator.Indicator.Outputs;
        var name = member.Member is NameSyntax plain ? plain.Name : "";
        if (outputs.Count == 1)
            throw Error(member, $"{indicator.Indicator.Name} has one output: leave \".{Cut(name)}\" away.");
        for (var i = 0; i < outputs.Count; i++)
        {
            if (outputs[i] == name)
                return _graph.Output(indicator, i);
        }

        throw Error(member, $"{indicator.Indicator.Name} has no output \"{Cut(name)}\".{NearNames.Question(Cut(name), outputs)} Known: {string.Join(", ", outputs)}.");
    }

    private ExpressionException Arity(CallSyntax call, string takes)
    {
        var count = call.Arguments.Count == 1 ? "1 was" : $"{call.Arguments.Count} were";
        return Error(call, $"{call.Name} takes {takes}: {Signature(call.Name)}; {count} given.");
    }

    private static string Count(int arguments) => arguments == 1 ? "1 argument" : $"{arguments} arguments";

    private ExpressionException NotAFunction(CallSyntax call)
    {
        if (Vocabulary.Prices.ContainsKey(call.Name) || Vocabulary.Means.ContainsKey(call.Name))
            return Error(call, $"{call.Name} is no function. Earlier bars are read with brackets: {call.Name}[1].");
        if (_scope.Constants.ContainsKey(call.Name))
            return Error(call, $"{call.Name} is a parameter, not a function.");
        if (FrameNames.TryFind(call.Name, out _))
            return Error(call, $"{call.Name} is a timeframe, not a function: {call.Name}.close, {call.Name}.ema(12).");
        var question = NearNames.Question(Cut(call.Name), Vocabulary.FunctionNames);
        var known = question.Length > 0 ? "" : $" Known: {string.Join(", ", Vocabulary.FunctionNames.Order(StringComparer.Ordinal))}.";
        return Error(call, $"Unknown function \"{Cut(call.Name)}\".{question}{known}");
    }

    /// <summary>How a function is called: <c>ema(close, length)</c>.</summary>
    private static string Signature(string name)
    {
        if (Vocabulary.Crossings.ContainsKey(name))
            return $"{name}(a, b)";
        if (Vocabulary.Maths.TryGetValue(name, out var function))
            return function is MathFunction.Minimum or MathFunction.Maximum ? $"{name}(a, b)" : $"{name}(a)";
        if (!IndicatorCatalog.TryFind(name, out var indicator))
            return name;
        var parameters = indicator.Parameters.Select(parameter => parameter.Name);
        return $"{name}({string.Join(", ", indicator.TakesSource ? parameters.Prepend("source") : parameters)})";
    }
}
