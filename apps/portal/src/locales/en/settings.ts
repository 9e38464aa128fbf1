export const settings = {
  profile: 'You',
  name: 'Name',
  email: 'E-mail',
  organisation: 'Organisation',
  organisationId: 'Id of the organisation',
  roles: 'Roles',
  zone: 'Times are shown in',
};
