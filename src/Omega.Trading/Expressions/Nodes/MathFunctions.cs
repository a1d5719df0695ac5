namespace Omega.Trading.Expressions;

/// <summary>Arithmetic over nullable numbers. What is not finite is null: x/0, the root or logarithm of a negative number, an overflow.</summary>
internal static class MathFunctions
{
    public static double Apply(MathFunction function, double a) => Run(UnaryNode(function, Constant(a)));

    public static double Apply(MathFunction function, double a, double b) => Run(ArithmeticNode(function, Constant(a), Constant(b)));

    public static NumberNode UnaryNode(MathFunction function, NumberNode operand) => function switch
    {
        MathFunction.Negate => new UnaryNode<Negate>(operand),
        MathFunction.Absolute => new UnaryNode<Absolute>(operand),
        MathFunction.SquareRoot => new UnaryNode<SquareRoot>(operand),
        MathFunction.Logarithm => new UnaryNode<Logarithm>(operand),
        MathFunction.Exponential => new UnaryNode<Exponential>(operand),
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    public static NumberNode ArithmeticNode(MathFunction function, NumberNode left, NumberNode right) => function switch
    {
        MathFunction.Add => new ArithmeticNode<Add>(left, right),
        MathFunction.Subtract => new ArithmeticNode<Subtract>(left, right),
        MathFunction.Multiply => new ArithmeticNode<Multiply>(left, right),
        MathFunction.Divide => new ArithmeticNode<Divide>(left, right),
        MathFunction.Minimum => new ArithmeticNode<Minimum>(left, right),
        MathFunction.Maximum => new ArithmeticNode<Maximum>(left, right),
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    private static NumberSlot Constant(double value) => new() { Value = value };

    private static double Run(NumberNode node)
    {
        node.Advance(default);
        return node.Value;
    }

    private readonly struct Add : IBinaryFunction
    {
        public static double Of(double a, double b) => a + b;
    }

    private readonly struct Subtract : IBinaryFunction
    {
        public static double Of(double a, double b) => a - b;
    }

    private readonly struct Multiply : IBinaryFunction
    {
        public static double Of(double a, double b) => a * b;
    }

    private readonly struct Divide : IBinaryFunction
    {
        public static double Of(double a, double b) => a / b;
    }

    // Math.Min and Math.Max yield NaN where either operand is NaN.
    private readonly struct Minimum : IBinaryFunction
    {
        public static double Of(double a, double b) => Math.Min(a, b);
    }

    private readonly struct Maximum : IBinaryFunction
    {
        public static double Of(double a, double b) => Math.Max(a, b);
    }

    private readonly struct Negate : IUnaryFunction
    {
        public static double Of(double a) => -a;
    }

    private readonly struct Absolute : IUnaryFunction
    {
        public static double Of(double a) => Math.Abs(a);
    }

    private readonly struct SquareRoot : IUnaryFunction
    {
        public static double Of(double a) => Math.Sqrt(a);
    }

    private readonly struct Logarithm : IUnaryFunction
    {
        public static double Of(double a) => Math.Log(a);
    }

    private readonly struct Exponential : IUnaryFunction
    {
        public static double Of(double a) => Math.Exp(a);
    }
}

internal interface IUnaryFunction
{
    static abstract double Of(double a);
}

internal interface IBinaryFunction
{
    static abstract double Of(double a, double b);
}

internal sealed class UnaryNode<TFunction>(NumberNode operand) : NumberNode
    where TFunction : struct, IUnaryFunction
{
    private readonly NumberNode _operand = operand;

    public override void Advance(in Candle bar)
    {
        var value = TFunction.Of(_operand.Value);
        Value = double.IsFinite(value) ? value : double.NaN;
    }
}

internal sealed class ArithmeticNode<TFunction>(NumberNode left, NumberNode right) : NumberNode
    where TFunction : struct, IBinaryFunction
{
    private readonly NumberNode _left = left;
    private readonly NumberNode _right = right;

    public override void Advance(in Candle bar)
    {
        var value = TFunction.Of(_left.Value, _right.Value);
        Value = double.IsFinite(value) ? value : double.NaN;
    }
}
