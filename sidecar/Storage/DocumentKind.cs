using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;

namespace Sidecar.Storage;

/// <summary>A kind of document: how it is called, how it is written, by what it is found.</summary>
/// <typeparam name="T">The record that features work with.</typeparam>
/// <param name="Name">Its name in the store; never changes.</param>
/// <param name="Json">How it is written; source-generated.</param>
public sealed record DocumentKind<T>(string Name, JsonTypeInfo<T> Json)
    where T : class
{
    /// <summary>By what documents of this kind are found.</summary>
    public ImmutableArray<DocumentIndex<T>> Indexes { get; init; } = [];
}

/// <summary>An ordered index: what a document is filed under, none, once or several times.</summary>
/// <param name="Name">Its name within the kind; never changes.</param>
/// <param name="Keys">The keys of a document.</param>
public sealed record DocumentIndex<T>(string Name, Func<T, IEnumerable<IndexKey>> Keys)
    where T : class
{
    /// <summary>Goes up by one when its keys become others, so that what is stored is filed anew.</summary>
    public int Version { get; init; } = 1;
}

/// <summary>A document as read, with the version that a write must name.</summary>
public sealed record Versioned<T>(string Id, T Value, long Version)
    where T : class;

/// <summary>A page of documents.</summary>
/// <param name="Items">In the order of the index.</param>
/// <param name="Next">Where the next page starts; null when this is the last one.</param>
public sealed record Page<T>(IReadOnlyList<Versioned<T>> Items, IndexPosition? Next)
    where T : class;
