using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Cards;
using Sidecar.Interactions;

namespace Sidecar.People;

/// <summary>
/// Something that happened to somebody's roles: kept in the audit trail for ever (ALL-4), and told to them once.
/// </summary>
/// <param name="By">Who did it.</param>
/// <param name="Person">Whose roles.</param>
/// <param name="Roles">Which.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Granted), "granted")]
[JsonDerivedType(typeof(Revoked), "revoked")]
internal abstract record RoleFact(UserId By, UserId Person, ImmutableArray<Role> Roles)
{
    /// <summary>The fact as a sentence.</summary>
    [JsonIgnore]
    public abstract Words Sentence { get; }

    /// <summary>What the person is told.</summary>
    [JsonIgnore]
    public abstract Words Message { get; }

    /// <summary>What the audit trail files somebody's roles under.</summary>
    public static string SubjectOf(UserId person) => "role:" + person.Value;

    public sealed record Granted(UserId By, UserId Person, ImmutableArray<Role> Roles)
        : RoleFact(By, Person, Roles)
    {
        public override Words Sentence => Words.Of($"{By} gave {Person} {Roles.Named()}.");

        public override Words Message =>
            Words.Of(
                $"{By} gave you {Roles.Named()}. {Words.Code($"/{SlashCommand.Trigger} help")} shows what there is to do."
            );
    }

    public sealed record Revoked(UserId By, UserId Person, ImmutableArray<Role> Roles)
        : RoleFact(By, Person, Roles)
    {
        public override Words Sentence => Words.Of($"{By} took {Roles.Named()} from {Person}.");

        public override Words Message => Words.Of($"{By} took {Roles.Named()} from you.");
    }
}
