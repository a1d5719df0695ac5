namespace Omega.Gpt.Functions.Schema;

/// <summary>Refuses schemas that lead back to themselves without going down into the value, which no validation could finish.</summary>
internal static class ReferenceLoops
{
    private enum State
    {
        Unseen,
        Open,
        Done,
    }

    /// <exception cref="JsonSchemaException">A schema leads back to itself on the same value.</exception>
    public static void Refuse(IEnumerable<SchemaNode> nodes)
    {
        var states = new Dictionary<SchemaNode, State>();
        // A stack of our own: a chain of references may be longer than the thread's.
        var path = new Stack<(SchemaNode Node, IEnumerator<SchemaNode> Ahead)>();
        foreach (var start in nodes)
        {
            Open(start);
            while (path.TryPeek(out var top))
            {
                if (top.Ahead.MoveNext())
                {
                    Open(top.Ahead.Current);
                    continue;
                }
                states[top.Node] = State.Done;
                path.Pop();
            }
        }

        void Open(SchemaNode node)
        {
            switch (states.GetValueOrDefault(node))
            {
                case State.Open:
                    throw new JsonSchemaException(
                        node.Resource.Document.Describe(node.Pointer),
                        "refers to itself without going into the value; no validation would end");
                case State.Unseen:
                    states[node] = State.Open;
                    path.Push((node, OnSameValue(node).GetEnumerator()));
                    break;
                default:
                    break;
            }
        }
    }

    private static IEnumerable<SchemaNode> OnSameValue(SchemaNode node)
    {
        foreach (var applicator in node.Applicators)
            foreach (var target in applicator.Targets) yield return target;
        if (node.Object is null) yield break;
        foreach (var (_, dependent) in node.Object.DependentSchemas) yield return dependent;
    }
}
