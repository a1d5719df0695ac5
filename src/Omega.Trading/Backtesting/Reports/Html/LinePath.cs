using System.Globalization;
using System.Text;

namespace Omega.Trading.Backtesting;

/// <summary>Lines as SVG paths whose length does not grow with the number of points.</summary>
internal static class LinePath
{
    /// <summary>
    /// The path of a line. Where there are more points than two in a column of pixels, each column draws its first, lowest, highest and
    /// last point: the line looks as if every point were drawn.
    /// </summary>
    /// <param name="times">Times, rising.</param>
    /// <param name="values">A value for each.</param>
    /// <param name="plot">Where they are drawn.</param>
    public static string Of(ReadOnlySpan<long> times, ReadOnlySpan<double> values, in Plot plot)
    {
        var path = new StringBuilder();
        if (values.Length <= 2 * plot.Width)
        {
            for (var i = 0; i < values.Length; i++)
                Add(path, plot, times[i], values[i]);
            return path.ToString();
        }

        Span<int> drawn = stackalloc int[4];
        for (int begin = 0, end; begin < values.Length; begin = end)
        {
            var column = plot.Column(times[begin]);
            var (low, high) = (begin, begin);
            for (end = begin + 1; end < values.Length && plot.Column(times[end]) == column; end++)
            {
                low = values[end] < values[low] ? end : low;
                high = values[end] > values[high] ? end : high;
            }

            (drawn[0], drawn[1], drawn[2], drawn[3]) = (begin, Math.Min(low, high), Math.Max(low, high), end - 1);
            for (var k = 0; k < drawn.Length; k++)
            {
                if (k == 0 || drawn[k] != drawn[k - 1])
                    Add(path, plot, times[drawn[k]], values[drawn[k]]);
            }
        }

        return path.ToString();
    }

    private static void Add(StringBuilder path, in Plot plot, long time, double value) =>
        path.Append(path.Length == 0 ? "M" : " ").Append(CultureInfo.InvariantCulture, $"{plot.X(time):0.#} {plot.Y(value):0.#}");
}

/// <summary>The rectangle that a chart draws in, in units of its picture, and its axes.</summary>
internal readonly record struct Plot(int Left, int Top, int Width, int Height, TimeAxis Time, ValueAxis Value)
{
    public int Right => Left + Width;

    public int Bottom => Top + Height;

    public double X(long time) => Left + (Width * Time.At(time));

    public double Y(double value) => Top + (Height * (1 - Math.Clamp(Value.At(value), 0, 1)));

    /// <summary>The column of pixels of a time, from 0.</summary>
    public int Column(long time) => Math.Clamp((int)(Width * Time.At(time)), 0, Width - 1);
}
