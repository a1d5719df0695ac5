using System.Globalization;

namespace Omega.Trading.Indicators;

/// <summary>Indicators in words: their columns, and what is wrong with given values.</summary>
internal static class IndicatorText
{
    /// <summary>Reads <c>name</c> or <c>name:p1,p2,…</c>.</summary>
    /// <exception cref="TradingException">The text names no indicator, or a value is wrong; the message says which.</exception>
    public static Indicator Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var descriptor = IndicatorCatalog.Find((colon < 0 ? text : text[..colon]).Trim());
        if (colon < 0)
            return descriptor.With();
        var words = text[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries);
        var values = new double[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
                throw new TradingException($"{text}: value {i + 1} is \"{words[i]}\", not a number. {descriptor.Name} takes {Takes(descriptor.Parameters)}.");
        }

        return descriptor.With(values);
    }

    /// <summary><c>3 values (fast, slow, signal)</c>.</summary>
    public static string Takes(IReadOnlyList<IndicatorParameter> parameters) => parameters.Count switch
    {
        0 => "no values",
        1 => $"1 value ({parameters[0].Name})",
        _ => $"{parameters.Count} values ({string.Join(", ", parameters.Select(parameter => parameter.Name))})",
    };

    /// <summary>The columns' names: <c>macd_12_26_9_line</c>.</summary>
    public static string[] Columns(IndicatorDescriptor descriptor, ReadOnlySpan<double> parameters)
    {
        var stem = descriptor.Name;
        foreach (var parameter in parameters)
            stem += "_" + Number(parameter);
        return [.. descriptor.Outputs.Select(output => output.Length == 0 ? stem : $"{stem}_{output}")];
    }

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>What is wrong with a value for each parameter, or null.</summary>
    public static string? Complaint(IndicatorDescriptor descriptor, ReadOnlySpan<double> values)
    {
        var parameters = descriptor.Parameters;
        if (values.Length != parameters.Count)
            return $"{descriptor.Name} takes {Takes(parameters)}, but {values.Length} values were given.";
        for (var i = 0; i < values.Length; i++)
        {
            if (!parameters[i].Allows(values[i]))
                return $"{descriptor.Name}: {parameters[i].Name} is {Number(values[i])}; allowed: {parameters[i].Range}.";
        }

        return null;
    }
}
