using System.Text.RegularExpressions;

namespace Omega.Gpt.Models;

/// <summary>
/// What is known of models: context, prices, lifecycle, what they take. Ships with the library as dated data; a user's own file
/// corrects it (<see cref="With(string)"/>). Immutable and thread-safe. Unknown is null, never a guess.
/// </summary>
public sealed partial class ModelCatalog
{
    private static readonly Lazy<ModelCatalog> Shipped = new(static () => ModelCatalogFile.ReadShipped());

    private readonly Dictionary<string, ModelInfo> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyDictionary<string, string> _defaults;

    internal ModelCatalog(DateOnly? updated, IReadOnlyDictionary<string, string> defaults, IReadOnlyList<ModelInfo> models)
    {
        Updated = updated;
        _defaults = defaults;
        All = models;
        foreach (var model in models)
        {
            Check(model);
            foreach (var name in model.Aliases.Prepend(model.Name))
            {
                if (!_byName.TryAdd(Key(model.Provider, name), model))
                    throw ModelCatalogFile.Invalid($"two models of {model.Provider} are named \"{name}\"");
            }
        }
    }

    /// <summary>The catalogue that ships with the library; read on first use.</summary>
    public static ModelCatalog Default => Shipped.Value;

    /// <summary>The day on which the figures were last gone over; null when the file does not say.</summary>
    public DateOnly? Updated { get; }

    /// <summary>Every model, provider by provider, in the order of the file.</summary>
    public IReadOnlyList<ModelInfo> All { get; }

    internal IReadOnlyDictionary<string, string> Defaults => _defaults;

    /// <summary>Reads a catalogue.</summary>
    /// <param name="json">A document in the form of the shipped one.</param>
    /// <exception cref="GptException">The text is not such a document; the message says where and why.</exception>
    public static ModelCatalog Parse(string json) => ModelCatalogFile.Parse(json);

    /// <summary>
    /// The model of that name: by name, by alias, as a dated snapshot of a name (<c>gpt-4o-2024-08-06</c> is <c>gpt-4o</c>
    /// unless it is listed by itself), or as a local build of it (<c>llama3.2:3b</c>). Null when unknown.
    /// </summary>
    /// <param name="provider">The provider's name, such as <c>openai</c>; case does not matter.</param>
    /// <param name="model">The model's name; case does not matter.</param>
    public ModelInfo? Find(string provider, string model)
    {
        if (_byName.TryGetValue(Key(provider, model), out var found))
            return found;
        var plain = Version().Replace(model, "");
        return plain.Length < model.Length ? _byName.GetValueOrDefault(Key(provider, plain)) : null;
    }

    /// <summary>The model of that name, whoever provides it; the provider listed first wins. Null when unknown.</summary>
    /// <param name="model">The model's name without a provider.</param>
    public ModelInfo? Find(string model)
    {
        foreach (var provider in All.Select(info => info.Provider).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (Find(provider, model) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>Names like one that is unknown, best first, as <c>provider/model</c>; empty when none is near.</summary>
    /// <param name="name">What was given, with or without a provider.</param>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<string> Near(string name, int most = 3)
    {
        var plain = name.Contains('/');
        var known = All.SelectMany(model => model.Aliases.Prepend(model.Name), (model, alias) => (Typed: plain ? Key(model.Provider, alias) : alias, Id: Key(model.Provider, alias)))
            .ToLookup(pair => pair.Typed, pair => pair.Id, StringComparer.OrdinalIgnoreCase);
        return [.. NearNames.Find(name, known.Select(group => group.Key), most).Select(near => known[near].First())];
    }

    /// <summary>The model taken when only the provider is known; null when the catalogue names none.</summary>
    /// <param name="provider">The provider's name.</param>
    public ModelInfo? DefaultFor(string provider) => _defaults.TryGetValue(provider, out var name) ? Find(provider, name) : null;

    /// <summary>The model in service that takes a model's place, over as many steps as it takes; null when none is named.</summary>
    /// <param name="model">The model that is going or gone.</param>
    /// <param name="day">The day, UTC.</param>
    public ModelInfo? SuccessorOf(ModelInfo model, DateOnly day)
    {
        var seen = new HashSet<ModelInfo>(ReferenceEqualityComparer.Instance) { model };
        var next = model;
        while (next.Successor is { } name && Find(next.Provider, name) is { } successor && seen.Add(successor))
        {
            if (!successor.IsRetired(day))
                return successor;
            next = successor;
        }

        return null;
    }

    /// <summary>
    /// This catalogue with another document over it: a known model keeps what the document does not mention (a file may change a
    /// price alone), an unknown one is added.
    /// </summary>
    /// <param name="json">A document in the form of the shipped one; <c>updated</c> and <c>defaults</c> may be left out.</param>
    /// <exception cref="GptException">The text is not such a document; the message says where and why.</exception>
    public ModelCatalog With(string json) => ModelCatalogFile.Merge(this, json);

    /// <summary>This catalogue with models put in the place of those of the same name, or added.</summary>
    /// <param name="models">The models, whole.</param>
    /// <exception cref="GptException">A model's name or figures are not possible.</exception>
    public ModelCatalog With(params IEnumerable<ModelInfo> models)
    {
        var all = All.ToList();
        foreach (var model in models)
        {
            var at = all.FindIndex(other => Key(other.Provider, other.Name).Equals(Key(model.Provider, model.Name), StringComparison.OrdinalIgnoreCase));
            if (at >= 0)
                all[at] = model;
            else
                all.Add(model);
        }

        return new ModelCatalog(Updated, _defaults, all);
    }

    private static string Key(string provider, string model) => $"{provider}/{model}";

    private static void Check(ModelInfo model)
    {
        Require(model.Provider.Length > 0 && !model.Provider.Contains('/') && model.Name.Length > 0, "needs a provider without a slash and a name");
        Require(!model.Aliases.Any(string.IsNullOrEmpty), "has an empty alias");
        Require(model.Context is null or > 0 && model.MaxOutput is null or > 0, "has a limit that is not above 0");
        Require(model.Prices is [] or [{ AboveInput: 0 }, ..], "has prices whose first tier is not above_input 0");
        for (var i = 0; i < model.Prices.Count; i++)
        {
            var tier = model.Prices[i];
            Require(i == 0 || tier?.AboveInput > model.Prices[i - 1].AboveInput, "has price tiers out of order");
            Require(tier is { Input: >= 0, Output: >= 0, CacheRead: null or >= 0, CacheWrite: null or >= 0, CacheWriteHour: null or >= 0 }, "has a negative price");
        }

        void Require(bool holds, string what)
        {
            if (!holds)
                throw ModelCatalogFile.Invalid($"the model \"{model}\" {what}");
        }
    }

    // A date, or a tag after a colon; tags that end in "cloud" run on someone's machine for money.
    [GeneratedRegex(@"(-20\d\d(-\d\d-\d\d|\d{4})|:(?!\S*cloud$)[\w.-]+)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Version();
}
