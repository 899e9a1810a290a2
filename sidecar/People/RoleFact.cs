using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.People;

/// <summary>
/// Something that happened to somebody's roles: kept in the audit trail for ever (ALL-4), and told to them once.
/// </summary>
/// <param name="By">Who did it.</param>
/// <param name="Person">Whose roles.</param>
/// <param name="Roles">Which.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Granted), "granted")]
[JsonDerivedType(typeof(RolesRevoked), "revoked")]
internal abstract record RoleFact(UserId By, UserId Person, ImmutableArray<Role> Roles)
{
    /// <summary>The fact as a sentence.</summary>
    [JsonIgnore]
    public abstract Markdown Sentence { get; }

    /// <summary>What the person is told.</summary>
    [JsonIgnore]
    public abstract Markdown Message { get; }

    /// <summary>What the audit trail files somebody's roles under.</summary>
    public static string SubjectOf(UserId person) => "role:" + person.Value;

    public sealed record Granted(UserId By, UserId Person, ImmutableArray<Role> Roles)
        : RoleFact(By, Person, Roles)
    {
        public override Markdown Sentence => Markdown.Of($"{By} gave {Person} {Roles.Named()}.");

        public override Markdown Message =>
            Markdown.Of(
                $"{By} gave you {Roles.Named()}. {Markdown.Code($"/{SlashCommand.Trigger} help")} shows what there is to do."
            );
    }

    public sealed record RolesRevoked(UserId By, UserId Person, ImmutableArray<Role> Roles)
        : RoleFact(By, Person, Roles)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{By} took {Roles.Named()} from {Person}.");

        public override Markdown Message => Markdown.Of($"{By} took {Roles.Named()} from you.");
    }
}
