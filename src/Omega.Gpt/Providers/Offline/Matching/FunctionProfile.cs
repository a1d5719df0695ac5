using System.Runtime.CompilerServices;
using System.Text.Json;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Providers.Offline;

/// <summary>What a function's definition says, weighed word by word: its name most, its parameters' descriptions least. Immutable and thread-safe.</summary>
internal sealed class FunctionProfile
{
    private const double NameWeight = 1, DescriptionWeight = 0.7, ParameterWeight = 0.4, ChoiceWeight = 0.5, ParameterDescriptionWeight = 0.25;
    private const double GenericShare = 0.3;

    // A definition is read once, however many turns it serves, and forgotten with it.
    private static readonly ConditionalWeakTable<FunctionDefinition, FunctionProfile> Known = [];

    private FunctionProfile(FunctionDefinition definition)
    {
        Definition = definition;
        Schema = Compile(definition.Parameters);
        Slots = [.. SchemaProperties.Of(Schema).Select(property => new Slot(property))];

        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        Add(Word.InName(definition.Name), NameWeight);
        Add(Word.InText(definition.Description ?? ""), DescriptionWeight);
        foreach (var slot in Slots)
        {
            Add(Word.InName(slot.Name), ParameterWeight);
            Add(Word.InText(slot.Property.Description ?? ""), ParameterDescriptionWeight);
            foreach (var choice in slot.Property.Enum.Concat(slot.Property.Items?.Enum ?? []).Where(choice => choice.ValueKind == JsonValueKind.String))
                Add(Word.InName(choice.GetString()!), ChoiceWeight);
        }

        Weights = weights;
        Vocabulary = Word.InName(definition.Name).Concat(Word.InText(definition.Description ?? "")).Concat(Slots.SelectMany(slot => Word.InName(slot.Name)))
            .Select(word => word.Stem).ToHashSet(StringComparer.Ordinal);

        void Add(IEnumerable<Word> words, double weight)
        {
            foreach (var word in words)
            {
                // In a name, even a preposition is there for a reason, but a prompt is full of them.
                if (!CommonWords.IsFiller(word.Stem))
                    weights[word.Stem] = Math.Max(weights.GetValueOrDefault(word.Stem), weight * (CommonWords.IsGeneric(word.Stem) ? GenericShare : 1));
            }
        }
    }

    public FunctionDefinition Definition { get; }

    public string Name => Definition.Name;

    public JsonSchema Schema { get; }

    public IReadOnlyList<Slot> Slots { get; }

    /// <summary>How much each stem stands for this function, 0 to 1.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; }

    /// <summary>The stems of its name, its description and its parameters' names.</summary>
    public IReadOnlySet<string> Vocabulary { get; }

    /// <summary>The profile of a definition.</summary>
    public static FunctionProfile Of(FunctionDefinition definition) => Known.GetValue(definition, static known => new FunctionProfile(known));

    // A schema that is none would make the function uncallable; without arguments it still is when it wants none.
    private static JsonSchema Compile(JsonElement parameters)
    {
        try
        {
            return JsonSchema.Compile(parameters, new JsonSchemaOptions { AssertFormat = true });
        }
        catch (JsonSchemaException)
        {
            return JsonSchema.Parse("false");
        }
    }
}
