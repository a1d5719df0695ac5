using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience.Retrying;

namespace Omega.Gpt.Resilience.Failover;

/// <summary>A model that may answer a turn.</summary>
internal sealed record Candidate
{
    /// <summary>The model, with what the catalogue says of it for this request.</summary>
    public required ResolvedModel Model { get; init; }

    /// <summary>The stages that belong to each call of the model's wire, and the wire.</summary>
    public required IModelProvider Calls { get; init; }

    /// <summary>What is remembered of the model.</summary>
    public required ModelHealth Health { get; init; }

    /// <summary>The turn's options as this model takes them; null where the request has them already.</summary>
    public GenerationOptions? Options { get; init; }

    /// <summary>What had to be left out for this model.</summary>
    public IReadOnlyList<GptEvent> Notices { get; init; } = [];

    /// <summary><c>provider/model</c>.</summary>
    public string Id => Model.Id;

    public ModelInfo? Info => Model.Info;

    /// <summary>The step's request, to this model.</summary>
    public ModelRequest Ask(ModelRequest request) => Options is null ? request : request with { Model = Model.Model, Info = Info, Options = Options };
}
