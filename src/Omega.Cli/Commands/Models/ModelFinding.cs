using Omega.Gpt;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;

namespace Omega.Cli.Commands.Models;

/// <summary>How a named model stands.</summary>
internal enum ModelStanding
{
    /// <summary>In service, or not the catalogue's business.</summary>
    Good,

    /// <summary>In service without a promise.</summary>
    Preview,

    /// <summary>Its last day is announced.</summary>
    Deprecated,

    /// <summary>Its provider refuses it.</summary>
    Retired,

    /// <summary>The catalogue lists the provider's models, and not this one.</summary>
    Unknown,

    /// <summary>No request can be made for it at all.</summary>
    Wrong,
}

/// <summary>What the catalogue says of a named model.</summary>
/// <param name="Named">The model and where it is named.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Finding">In words, with what to do.</param>
/// <param name="Successor">The model in service that takes its place, as <c>provider/model</c>; null when none is known or none is needed.</param>
internal sealed record ModelFinding(NamedModel Named, ModelStanding Standing, string Finding, string? Successor = null)
{
    /// <summary>Whether a person has something to do. What an old session was answered by is history: it goes on with the model of today.</summary>
    public bool NeedsDoing => !Named.IsPast && Standing is ModelStanding.Deprecated or ModelStanding.Retired or ModelStanding.Unknown or ModelStanding.Wrong;

    public static ModelFinding Of(NamedModel named, ProviderRegistry providers, DateOnly day)
    {
        ModelIdentity identity;
        try
        {
            identity = providers.Identify(named.Name);
        }
        catch (GptException exception)
        {
            return new ModelFinding(named, ModelStanding.Wrong, exception.Message);
        }

        if (identity.Info is not { } model)
        {
            return identity.IsCatalogued
                ? new ModelFinding(named, ModelStanding.Unknown, $"not in the catalogue: misspelt, or newer than it; no price, no limits{Near(providers.Catalog, named.Name)}")
                : new ModelFinding(named, ModelStanding.Good, "not in the catalogue, which does not list this provider's models");
        }

        var successor = providers.Catalog.SuccessorOf(model, day) is { } next ? $"{identity.Provider}/{next.Name}" : null;
        var change = successor is null ? "" : $"; change it to {successor}";
        if (model.IsRetired(day))
            return new ModelFinding(named, ModelStanding.Retired, $"retired{(model.RetiresOn is { } last ? $" since {ModelText.Day(last)}" : "")}{change}", successor);
        if (model.Lifecycle == ModelLifecycle.Deprecated || model.RetiresOn is not null)
        {
            var left = model.RetiresOn is { } end ? $"retires on {ModelText.Day(end)}, in {Days(end.DayNumber - day.DayNumber)}" : "deprecated";
            return new ModelFinding(named, ModelStanding.Deprecated, left + change, successor);
        }

        return model.Lifecycle == ModelLifecycle.Preview
            ? new ModelFinding(named, ModelStanding.Preview, "a preview: it may change or go without notice")
            : new ModelFinding(named, ModelStanding.Good, "in service");
    }

    private static string Near(ModelCatalog catalog, string name) => catalog.Near(name) switch
    {
        [] => "",
        [var only, ..] => $"; near it: {only}",
    };

    private static string Days(int days) => days == 1 ? "1 day" : $"{days} days";
}
