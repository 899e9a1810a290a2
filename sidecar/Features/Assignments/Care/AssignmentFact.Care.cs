using System.Text.Json.Serialization;
using Sidecar.Cards;
using Sidecar.Interactions;

namespace Sidecar.Features.Assignments;

/// <content>Facts of this part, each with its <c>JsonDerivedType</c>.</content>
internal abstract partial record AssignmentFact;
