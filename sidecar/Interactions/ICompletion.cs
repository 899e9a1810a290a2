using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.People;

namespace Sidecar.Interactions;

/// <summary>
/// Knows what may be meant while something is typed: a parameter of a command (<see cref="Parameter.Completes"/>), a
/// field of a form (<see cref="DialogField.Offers"/>). One source for both, by the rights of who types. It is asked at
/// each letter: a few reads of an index, never more.
/// </summary>
public interface ICompletion
{
    /// <summary>As many as are seen at once.</summary>
    const int Most = 20;

    /// <summary>What it offers: <c>customers</c>. A part of an address.</summary>
    string Name { get; }

    /// <summary>What begins with what is typed, the likeliest first; nothing to who may not read it.</summary>
    /// <param name="reader">Who types.</param>
    /// <param name="typed">The beginning of the word; empty when there is none yet.</param>
    /// <param name="cancel">Gives up.</param>
    ValueTask<IReadOnlyList<OfferedWord>> Offer(
        UserId reader,
        string typed,
        CancellationToken cancel
    );

    /// <summary>
    /// The same for the list of a form, where what is found need not begin with what is typed: each has a text to be
    /// read, and as its value what the form answers, which people can read as well.
    /// </summary>
    ValueTask<IReadOnlyList<ControlOption>> Find(OfferQuery query, CancellationToken cancel);
}

/// <summary>A word that may be meant.</summary>
/// <param name="Word">As it is written in the command.</param>
/// <param name="Hint">Said beside it.</param>
/// <param name="About">Said below it.</param>
public sealed record OfferedWord(string Word, string Hint, string About);

/// <summary>What somebody looks for in the list of a form.</summary>
/// <param name="Reader">Who.</param>
/// <param name="Typed">What they have typed so far; empty when nothing.</param>
/// <param name="Among">What narrows it down, as the field says; empty when nothing does.</param>
public sealed record OfferQuery(UserId Reader, string Typed, string Among);

/// <summary>How fields and lists name what they offer.</summary>
public static class OfferSource
{
    /// <summary>People who have a role: <see cref="PeopleWith"/>.</summary>
    public const string People = "people";

    /// <summary>More than anybody types.</summary>
    public const int LongestTyped = 100;

    private const char Narrowed = ':';

    /// <summary>The people who have one of some roles.</summary>
    public static string PeopleWith(params ReadOnlySpan<Role> roles)
    {
        var codes = ImmutableArray.CreateBuilder<string>();
        foreach (var role in roles)
        {
            codes.Add(role.Code());
        }

        return $"{People}{Narrowed}{string.Join(',', codes)}";
    }

    /// <summary>Which source, and what narrows it down.</summary>
    public static (string Source, string Among) Read(string offers)
    {
        var at = offers.IndexOf(Narrowed, StringComparison.Ordinal);
        return at < 0 ? (offers, "") : (offers[..at], offers[(at + 1)..]);
    }
}
