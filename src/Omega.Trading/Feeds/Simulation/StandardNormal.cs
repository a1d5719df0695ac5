using System.Runtime.CompilerServices;

namespace Omega.Trading.Feeds;

/// <summary>
/// Standard normal numbers by the ziggurat of 128 boxes: exact, not an approximation. Source: Doornik, An improved ziggurat method to
/// generate normal random samples (2005).
/// </summary>
internal static class StandardNormal
{
    private const int Boxes = 128;
    private const double TailBegin = 3.442619855899;
    private const double BoxArea = 9.91256303526217e-3;

    // Right edges of the boxes, the widest first, and what part of each lies under the next.
    private static readonly double[] Edges = MakeEdges();
    private static readonly double[] Inner = [.. Enumerable.Range(0, Boxes).Select(i => Edges[i + 1] / Edges[i])];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Next(ref Xoshiro256 random)
    {
        var bits = random.Next();
        var (box, unit) = ((int)(bits & (Boxes - 1)), ((bits >> 11) * (2.0 / (1UL << 53))) - 1);
        return Math.Abs(unit) < Inner[box] ? unit * Edges[box] : Rarely(ref random, box, unit);
    }

    /// <summary>Fills a span with the numbers that as many calls would give.</summary>
    // Optimised at once: a first request draws millions, before tiering would have begun.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ref Xoshiro256 random, Span<double> numbers)
    {
        var (state, edges, inner) = (random, Edges, Inner);
        for (var i = 0; i < numbers.Length; i++)
        {
            var bits = state.Next();
            var (box, unit) = ((int)(bits & (Boxes - 1)), ((bits >> 11) * (2.0 / (1UL << 53))) - 1);
            if (Math.Abs(unit) < inner[box])
            {
                numbers[i] = unit * edges[box];
                continue;
            }

            // A copy, so that the state itself can stay in registers.
            var copy = state;
            numbers[i] = Rarely(ref copy, box, unit);
            state = copy;
        }

        random = state;
    }

    private static double Rarely(ref Xoshiro256 random, int box, double unit)
    {
        while (true)
        {
            if (Math.Abs(unit) < Inner[box])
                return unit * Edges[box];
            if (box == 0)
                return Math.CopySign(Tail(ref random), unit);
            var x = unit * Edges[box];
            var (outer, inner) = (Math.Exp(-0.5 * ((Edges[box] * Edges[box]) - (x * x))), Math.Exp(-0.5 * ((Edges[box + 1] * Edges[box + 1]) - (x * x))));
            if (inner + (random.NextUnit() * (outer - inner)) < 1)
                return x;
            var bits = random.Next();
            (box, unit) = ((int)(bits & (Boxes - 1)), ((bits >> 11) * (2.0 / (1UL << 53))) - 1);
        }
    }

    private static double Tail(ref Xoshiro256 random)
    {
        while (true)
        {
            // 1 − u lies above 0.
            var x = -Math.Log(1 - random.NextUnit()) / TailBegin;
            var y = -Math.Log(1 - random.NextUnit());
            if (y + y >= x * x)
                return TailBegin + x;
        }
    }

    private static double[] MakeEdges()
    {
        var edges = new double[Boxes + 1];
        var density = Math.Exp(-0.5 * TailBegin * TailBegin);
        (edges[0], edges[1]) = (BoxArea / density, TailBegin);
        for (var i = 2; i < Boxes; i++)
        {
            edges[i] = Math.Sqrt(-2 * Math.Log((BoxArea / edges[i - 1]) + density));
            density = Math.Exp(-0.5 * edges[i] * edges[i]);
        }

        return edges;
    }
}
