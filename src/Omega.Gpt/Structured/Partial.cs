using System.Text.Json;

namespace Omega.Gpt;

/// <summary>A typed answer while it is written: what is complete so far, and last the whole.</summary>
/// <remarks>
/// Within a round it only grows: members appear, lists get longer, free text gets longer. Numbers, enums, dates and the like appear only
/// once they are complete. Members that have not arrived are at their default, even where the type allows no null.
/// </remarks>
/// <typeparam name="T">The answer's type.</typeparam>
/// <param name="Value">The answer as far as it has arrived; the default where too little has to make one.</param>
/// <param name="Json">The same as JSON.</param>
/// <param name="IsFinal">Whether this is the whole answer, validated. Exactly one is, and it is the last.</param>
/// <param name="Round">1 for the first answer; a repair begins anew with the next number.</param>
public sealed record Partial<T>(T? Value, JsonElement Json, bool IsFinal, int Round);
