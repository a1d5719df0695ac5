namespace Omega.Trading.Expressions;

/// <summary>A number some bars ago; null before the start.</summary>
internal sealed class NumberHistoryNode : NumberNode
{
    private readonly NumberNode _operand;
    private readonly double[] _past;
    private int _at;

    public NumberHistoryNode(NumberNode operand, int bars)
    {
        (_operand, _past) = (operand, new double[bars]);
        Array.Fill(_past, double.NaN);
    }

    public override void Advance(in Candle bar)
    {
        ref var oldest = ref _past[_at];
        Value = oldest;
        oldest = _operand.Value;
        if (++_at == _past.Length)
            _at = 0;
    }
}

/// <summary>A truth value some bars ago; null before the start.</summary>
internal sealed class TruthHistoryNode(TruthNode operand, int bars) : TruthNode
{
    private readonly TruthNode _operand = operand;
    private readonly Truth[] _past = new Truth[bars];
    private int _at;

    public override void Advance(in Candle bar)
    {
        ref var oldest = ref _past[_at];
        Value = oldest;
        oldest = _operand.Value;
        if (++_at == _past.Length)
            _at = 0;
    }
}
