namespace Omega.Benchmarks.Streams;

/// <summary>Anthropic Messages.</summary>
public class AnthropicStreamBenchmarks() : StreamBenchmarks(Wire.Anthropic);
