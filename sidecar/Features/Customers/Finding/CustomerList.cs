using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features.Customers.Finding;

/// <summary>A list of customers that somebody can ask for.</summary>
/// <param name="Index">Its order.</param>
/// <param name="Prefix">What the keys of all that is in it begin with.</param>
/// <param name="Filter">How its command names it, to be asked for the next page.</param>
/// <param name="Title">How its heading names it.</param>
internal sealed record CustomerList(
    DocumentIndex<Customer> Index,
    IndexKey Prefix,
    string Filter,
    string Title
)
{
    /// <summary>Only customers are in it that have words beginning with each of these, folded.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>Everybody who is not archived.</summary>
    public static CustomerList Active { get; } =
        new(CustomerIndexes.ByName, IndexKey.Empty.Then(false), "", "Customers");

    /// <summary>Everybody who is.</summary>
    public static CustomerList Archived { get; } =
        new(CustomerIndexes.ByName, IndexKey.Empty.Then(true), "archived", "Archived customers");

    /// <summary>Whom a person owns as CE, TAM, CSM or AE.</summary>
    public static CustomerList Of(UserId owner) =>
        new(
            CustomerIndexes.ByOwner,
            IndexKey.Empty.Then(owner.Value).Then(false),
            "mine",
            "Customers that are yours"
        );

    /// <summary>Whose name or key has words that begin with each of the words typed.</summary>
    /// <param name="typed">As typed.</param>
    /// <param name="words">Its words, folded; the list is in the order of the first, which should be the rarest.</param>
    public static CustomerList Like(string typed, ImmutableArray<string> words) =>
        new(
            CustomerIndexes.ByWord,
            CustomerIndexes.Beginning(isArchived: false, words[0]),
            typed.Trim(),
            $"Customers like “{typed.Trim()}”"
        )
        {
            Words = words,
        };

    public bool Matches(Customer customer)
    {
        var words = CustomerIndexes.WordsOf(customer).ToList();
        return Words.All(wanted =>
            words.Exists(word => word.StartsWith(wanted, StringComparison.Ordinal))
        );
    }

    /// <summary>The key under which this list shows a customer; of one that is not in it any more, where it would be.</summary>
    public IndexKey KeyOf(Customer customer) =>
        Words.IsEmpty
            ? CustomerIndexes.Named(Prefix, customer)
            : CustomerIndexes.FirstBeginning(customer with { IsArchived = false }, Words[0])
                ?? Prefix;

    /// <summary>The place of a customer in this list.</summary>
    public IndexPosition PositionOf(Customer customer) => new(KeyOf(customer), customer.Key.Value);
}
