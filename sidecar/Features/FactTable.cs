using System.Text.Json.Nodes;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features;

/// <summary>What of a feature's facts other systems are told (HOOK-1).</summary>
internal interface IFactCatalog
{
    /// <summary>All that can be told, in the order in which it happens.</summary>
    IReadOnlyList<ToldType> Types { get; }
}

/// <summary>A kind of fact that other systems can subscribe to.</summary>
/// <param name="Name">Its name for ever: <c>escalation.raised</c>.</param>
/// <param name="Meaning">What happened, in a few words.</param>
/// <param name="Members">What its data has besides what it is about.</param>
internal sealed record ToldType(string Name, string Meaning, IReadOnlyList<string> Members);

/// <summary>
/// Which facts of one kind of record become outgoing ones, and what they say. Each fact of a feature is named here, told
/// or withheld: a new one that is neither fails a test.
/// </summary>
/// <param name="subject">How the record is called in the data: <c>escalation</c>.</param>
/// <param name="about">
/// What everybody may know of the record; null when nothing of it may leave (ASG-4): then nothing is told at all.
/// </param>
/// <param name="by">Who did it; null when the product did.</param>
/// <param name="unless">
/// Which kinds of facts, by their names, are not told of a record, although what everybody may know of it may leave
/// (ALL-7); null: all are told.
/// </param>
internal sealed class FactTable<TState, TFact>(
    string subject,
    Func<TState, JsonObject?> about,
    Func<TFact, UserId?> by,
    Func<TState, string, bool>? unless = null
) : IFactCatalog
    where TState : class
    where TFact : class
{
    private readonly List<ToldType> _types = [];
    private readonly Dictionary<Type, ToldFact> _told = [];
    private readonly HashSet<Type> _withheld = [];

    public IReadOnlyList<ToldType> Types => _types;

    /// <summary>All facts that somebody decided about.</summary>
    public IEnumerable<Type> Known => _told.Keys.Concat(_withheld);

    /// <summary>A fact that is told.</summary>
    /// <param name="name">See <see cref="ToldType"/>.</param>
    /// <param name="meaning">See <see cref="ToldType"/>.</param>
    /// <param name="members">What <paramref name="more"/> adds.</param>
    /// <param name="more">Adds what else there is to say.</param>
    public FactTable<TState, TFact> Tell<T>(
        string name,
        string meaning,
        string[]? members = null,
        Action<JsonObject, T>? more = null
    )
        where T : TFact
    {
        _types.Add(new ToldType(name, meaning, members ?? []));
        _told.Add(typeof(T), new ToldFact(name, (data, fact) => more?.Invoke(data, (T)fact)));
        return this;
    }

    /// <summary>A fact that is nobody else's business, or of no use to a program.</summary>
    public FactTable<TState, TFact> Withhold<T>()
        where T : TFact
    {
        _withheld.Add(typeof(T));
        return this;
    }

    /// <summary>What is told of it; null for nothing.</summary>
    /// <param name="after">The record after it.</param>
    /// <param name="fact">What happened.</param>
    public OutgoingFact? Of(TState after, TFact fact)
    {
        if (
            !_told.TryGetValue(fact.GetType(), out var told)
            || unless?.Invoke(after, told.Name) == true
            || about(after) is not { } what
        )
        {
            return null;
        }

        var data = new JsonObject { [subject] = what, ["by"] = Person(by(fact)) };
        told.More(data, fact);
        return new OutgoingFact(told.Name, data);
    }

    /// <summary>Somebody, by their id in Mattermost; null for nobody.</summary>
    public static JsonNode? Person(UserId? person) => person?.Value;

    private sealed record ToldFact(string Name, Action<JsonObject, TFact> More);
}
