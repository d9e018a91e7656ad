select (not healthy)::integer as unhealthy
from incident.health
