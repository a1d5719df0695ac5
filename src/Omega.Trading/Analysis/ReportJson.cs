using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Omega.Trading.Analysis;

/// <summary>Reports as JSON: snake case, ISO 8601 times in UTC, durations in seconds, money as decimal strings where its type is decimal.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters =
    [
        typeof(UtcTimeConverter), typeof(SecondsConverter), typeof(TimeframeConverter), typeof(InstrumentConverter),
        typeof(SnakeCaseConverter<TrendDirection>), typeof(SnakeCaseConverter<MomentumState>), typeof(SnakeCaseConverter<VolatilityRegime>),
        typeof(SnakeCaseConverter<SwingSide>), typeof(SnakeCaseConverter<SweepKind>),
    ])]
[JsonSerializable(typeof(MarketReport))]
[JsonSerializable(typeof(TimeframeReport))]
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

/// <summary>A value of a closed vocabulary: <c>bull_trap</c>.</summary>
/// <typeparam name="T">The vocabulary.</typeparam>
internal sealed class SnakeCaseConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
    where T : struct, Enum;
