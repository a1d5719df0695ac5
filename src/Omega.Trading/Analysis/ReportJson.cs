using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Omega.Trading.Risk;

namespace Omega.Trading.Analysis;

/// <summary>Reports as JSON: snake case, ISO 8601 times in UTC, durations in seconds, money as decimal strings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters =
    [
        typeof(UtcTimeConverter), typeof(SecondsConverter), typeof(TimeframeConverter), typeof(InstrumentConverter),
        typeof(SnakeCaseConverter<TrendDirection>), typeof(SnakeCaseConverter<MomentumState>), typeof(SnakeCaseConverter<VolatilityRegime>),
        typeof(SnakeCaseConverter<SwingSide>), typeof(SnakeCaseConverter<SweepKind>), typeof(SnakeCaseConverter<PositionSide>),
    ])]
[JsonSerializable(typeof(MarketReport))]
[JsonSerializable(typeof(TimeframeReport))]
[JsonSerializable(typeof(RiskReport))]
[JsonSerializable(typeof(PositionSize))]
internal sealed partial class ReportJson : JsonSerializerContext;

/// <summary>A time as <c>2024-01-01T00:00:00Z</c>.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture));
}

/// <summary>A duration in seconds.</summary>
internal sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TimeSpan.FromSeconds(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(value.TotalSeconds);
}

/// <summary>A timeframe by its name.</summary>
internal sealed class TimeframeConverter : JsonConverter<Timeframe>
{
    public override Timeframe Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Timeframe.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, Timeframe value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>An instrument by its canonical spelling.</summary>
internal sealed class InstrumentConverter : JsonConverter<Instrument>
{
    public override Instrument Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Instrument.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, Instrument value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>Money as a decimal string of two to eight digits after the point.</summary>
internal sealed class MoneyConverter : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        decimal.Parse(reader.GetString() ?? "", NumberStyles.Number, CultureInfo.InvariantCulture);

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("0.00######", CultureInfo.InvariantCulture));
}

/// <summary>A value of a closed vocabulary: <c>bull_trap</c>.</summary>
/// <typeparam name="T">The vocabulary.</typeparam>
internal sealed class SnakeCaseConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
    where T : struct, Enum;
