using System.Text.Json.Nodes;

namespace Omega.Gpt.Providers.Offline;

/// <summary>A value that the prompt offers to a parameter.</summary>
/// <param name="Value">The value as JSON.</param>
/// <param name="Start">Where the prompt says it.</param>
/// <param name="End">Where that ends, exclusive.</param>
/// <param name="Score">How clearly it is meant for the parameter; 0 when only its kind speaks for it, which is enough for a required parameter alone.</param>
internal readonly record struct Candidate(JsonNode Value, int Start, int End, double Score);
