using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;

namespace Sidecar.Features.Customers.Editing;

/// <summary>
/// Brings together what somebody changed in a form and what others changed while it was open. Only fields that the person
/// changed are written; where both changed the same field to something else, the person decides.
/// </summary>
/// <param name="Mine">What is to be written.</param>
/// <param name="Contested">What both changed, from theirs to mine.</param>
/// <param name="Theirs">What others changed meanwhile and stays.</param>
internal sealed record FormMerge(
    ImmutableArray<FieldChange> Mine,
    ImmutableArray<FieldChange> Contested,
    ImmutableArray<FieldChange> Theirs
)
{
    /// <param name="opened">What the form was opened with, by field.</param>
    /// <param name="wanted">What it was sent with, by field.</param>
    /// <param name="now">The customer as it is now.</param>
    /// <param name="settled">
    /// Values of others that the person has seen and sends theirs over nevertheless, by field.
    /// </param>
    public static FormMerge Of(
        IReadOnlyDictionary<string, string> opened,
        IReadOnlyDictionary<string, string> wanted,
        Customer now,
        IReadOnlyDictionary<string, string> settled
    )
    {
        var mine = ImmutableArray.CreateBuilder<FieldChange>();
        var contested = ImmutableArray.CreateBuilder<FieldChange>();
        var theirs = ImmutableArray.CreateBuilder<FieldChange>();
        foreach (var field in CustomerFields.All.Where(f => wanted.ContainsKey(f.Code)))
        {
            var (was, want, have) = (
                opened.GetValueOrDefault(field.Code, ""),
                wanted[field.Code],
                field.Value(now)
            );
            if (want == have)
            {
                continue;
            }

            if (want == was)
            {
                theirs.Add(new FieldChange(field.Code, was, have));
            }
            else if (have == was || settled.GetValueOrDefault(field.Code) == have)
            {
                mine.Add(new FieldChange(field.Code, have, want));
            }
            else
            {
                contested.Add(new FieldChange(field.Code, have, want));
            }
        }

        return new FormMerge(mine.ToImmutable(), contested.ToImmutable(), theirs.ToImmutable());
    }

    /// <summary>The customer with what is mine.</summary>
    public Customer Apply(Customer customer) =>
        Mine.Aggregate(
            customer,
            (changed, change) => CustomerFields.Coded(change.Field)!.With(changed, change.To)
        );
}
